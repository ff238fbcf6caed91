/** How the next token is chosen from the logits. */
@NullMarked
package io.overread.vlm.decoding;

import org.jspecify.annotations.NullMarked;
