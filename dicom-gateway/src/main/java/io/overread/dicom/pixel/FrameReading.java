package io.overread.dicom.pixel;

/** What came of reading the bytes of a frame. */
public sealed interface FrameReading permits StoredFrame, Undecodable {}
