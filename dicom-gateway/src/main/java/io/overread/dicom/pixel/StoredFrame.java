package io.overread.dicom.pixel;

/**
 * The bytes of one frame, not decoded: of encapsulated pixel data its fragments without their
 * delimiters, of other pixel data its cells as they are packed, in little endian, from the first
 * bit of the first byte on.
 */
public record StoredFrame(byte[] bytes) implements FrameReading {}
