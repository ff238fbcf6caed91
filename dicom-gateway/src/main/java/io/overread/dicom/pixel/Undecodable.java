package io.overread.dicom.pixel;

/**
 * A frame that could not be decoded, and why. The reason is made of attribute names, numbers and
 * UIDs only, so that it may be shown and logged.
 */
public record Undecodable(Cause cause, String reason) implements FrameDecoding, FrameReading {

  /** The kinds of refusal. */
  public enum Cause {
    /** The object is well formed but of a kind that isn't decoded, such as its transfer syntax. */
    UNSUPPORTED,
    /** The object contradicts itself or the standard, or its pixel data ends too early. */
    MALFORMED,
    /** The frame is over the limits set for it. */
    TOO_LARGE,
    /** There is no pixel data, or no frame of that number. */
    ABSENT
  }
}
