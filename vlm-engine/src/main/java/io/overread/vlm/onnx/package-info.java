/** The three ONNX graphs of a model. No type of ONNX Runtime leaves this package. */
@NullMarked
package io.overread.vlm.onnx;

import org.jspecify.annotations.NullMarked;
