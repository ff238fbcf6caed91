/** Models that score how well a text fits an image, asked whether a finding is there. */
@NullMarked
package io.overread.vlm.contrastive;

import org.jspecify.annotations.NullMarked;
