package io.overread.vlm.onnx;

/**
 * The vision encoder's second output, of a model that shows where it sees a finding.
 *
 * @param name the tensor's name
 * @param findings how many maps an image gets
 */
public record MapsOutput(String name, int findings) {}
