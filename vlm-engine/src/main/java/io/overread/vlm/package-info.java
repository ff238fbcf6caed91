/**
 * Images and text in, text and scores out: a vision-language model on ONNX Runtime, and nothing of
 * DICOM.
 */
@NullMarked
package io.overread.vlm;

import org.jspecify.annotations.NullMarked;
