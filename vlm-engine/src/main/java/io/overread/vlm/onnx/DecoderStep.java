package io.overread.vlm.onnx;

/** What one run of the decoder gives; the cache is the caller's to close. */
public record DecoderStep(Logits logits, KeyValueCache present) {}
