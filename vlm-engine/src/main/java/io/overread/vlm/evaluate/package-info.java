/**
 * How often a model is right: a folder of images whose sources state the answers is read, every
 * answer is kept as a {@link io.overread.vlm.evaluate.Prediction}, and every figure is computed
 * from those alone.
 */
@NullMarked
package io.overread.vlm.evaluate;

import org.jspecify.annotations.NullMarked;
