package io.overread.dicom.pixel;

/** What came of decoding a frame. */
public sealed interface FrameDecoding permits DecodedFrame, Undecodable {}
