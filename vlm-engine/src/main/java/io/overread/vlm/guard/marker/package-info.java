/**
 * Side markers that were burned into an image: read from its pixels alone, and rather missed than
 * misread.
 */
@NullMarked
package io.overread.vlm.guard.marker;

import org.jspecify.annotations.NullMarked;
