package io.overread.dicom.pixel;

import java.util.Arrays;
import java.util.Optional;

/** Photometric Interpretation (0028,0004), PS3.3 C.7.6.3.1.2: what the samples of a pixel mean. */
public enum PhotometricInterpretation {
  /** One sample; the lowest value is shown white. */
  MONOCHROME1("MONOCHROME1", 1),
  /** One sample; the lowest value is shown black. */
  MONOCHROME2("MONOCHROME2", 1),
  /** One sample, an index into three tables. */
  PALETTE_COLOR("PALETTE COLOR", 1),
  /** Red, green and blue. */
  RGB("RGB", 3),
  /** One luminance and two chrominance samples, full range. */
  YBR_FULL("YBR_FULL", 3),
  /** As {@link #YBR_FULL}, with the chrominance of two horizontal neighbours shared. */
  YBR_FULL_422("YBR_FULL_422", 3),
  /** Red, green and blue, transformed reversibly within JPEG 2000 only (PS3.5 8.2.4). */
  YBR_RCT("YBR_RCT", 3),
  /** As {@link #YBR_RCT}, irreversibly. */
  YBR_ICT("YBR_ICT", 3);

  private final String value;
  private final int samplesPerPixel;

  PhotometricInterpretation(String value, int samplesPerPixel) {
    this.value = value;
    this.samplesPerPixel = samplesPerPixel;
  }

  /** The value as it stands in a data set. */
  public String value() {
    return value;
  }

  /** The Samples per Pixel (0028,0002) that goes with it. */
  public int samplesPerPixel() {
    return samplesPerPixel;
  }

  /** The interpretation of that name; empty for the ones that this decoder doesn't know. */
  public static Optional<PhotometricInterpretation> of(String value) {
    return Arrays.stream(values()).filter(known -> known.value.equals(value)).findFirst();
  }
}
