/**
 * What a family of models does otherwise than the rest: how a picture becomes numbers, how an image
 * becomes tokens of a prompt, how positions are counted. One file a family, chosen by {@code
 * model_type}; a type that has none is read as LLaVA is.
 */
@NullMarked
package io.overread.vlm.family;

import org.jspecify.annotations.NullMarked;
