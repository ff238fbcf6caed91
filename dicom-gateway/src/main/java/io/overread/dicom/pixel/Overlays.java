package io.overread.dicom.pixel;

import java.util.List;

/**
 * The overlays of a frame.
 *
 * @param planes by group
 * @param omitted why others could not be read: group numbers, attribute names and numbers only
 */
public record Overlays(List<Overlay> planes, List<String> omitted) {
  /** Copies the lists. */
  public Overlays {
    planes = List.copyOf(planes);
    omitted = List.copyOf(omitted);
  }
}
