package io.overread.gateway.render;

import io.overread.dicom.data.DicomFormatException;
import io.overread.dicom.pixel.Undecodable;

/**
 * A frame that can't be shown, and why: to be passed on to whoever asked. The reason names
 * attributes, numbers and UIDs, never a patient.
 */
public record NotRendered(Undecodable.Cause cause, String reason) implements Rendering, Pixels {

  static NotRendered of(Undecodable undecodable) {
    return new NotRendered(undecodable.cause(), undecodable.reason());
  }

  static NotRendered malformed(DicomFormatException malformed) {
    return new NotRendered(Undecodable.Cause.MALFORMED, String.valueOf(malformed.getMessage()));
  }
}
