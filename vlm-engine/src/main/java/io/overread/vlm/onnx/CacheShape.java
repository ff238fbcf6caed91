package io.overread.vlm.onnx;

/**
 * What {@code config.json} says of the key/value cache, for graphs that leave it open.
 *
 * @param heads heads that keys and values have, -1 if not known
 * @param headDimension numbers in each head, -1 if not known
 */
public record CacheShape(int heads, int headDimension) {}
