/** Regions of an image that a model writes into its answers. */
@NullMarked
package io.overread.vlm.region;

import org.jspecify.annotations.NullMarked;
