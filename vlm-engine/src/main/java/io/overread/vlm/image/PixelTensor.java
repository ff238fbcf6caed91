package io.overread.vlm.image;

/**
 * An image as the vision encoder reads it.
 *
 * @param height in pixels
 * @param width in pixels
 * @param values red's rows, green's rows, blue's rows; the array is not copied
 */
@SuppressWarnings("ArrayRecordComponent") // a buffer, passed on and never compared
public record PixelTensor(int height, int width, float[] values) {}
