package io.overread.dicom.pixel;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.TransferSyntax;
import io.overread.dicom.dictionary.Tag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the overlay planes of a frame (PS3.3 C.9.2), of up to 16 groups. They are for display: what
 * {@link FrameDecoder} delivers never has them in it. Safe for use by several threads.
 */
public final class OverlayDecoder {
  private static final int FIRST_GROUP = 0x6000;
  private static final int LAST_GROUP = 0x601e;

  private final PixelLimits limits;

  /** Reads planes within limits. */
  public OverlayDecoder(PixelLimits limits) {
    this.limits = limits;
  }

  /** Whether a data set has any overlay plane. */
  static boolean hasOverlays(DataSet dataSet) {
    return !groups(dataSet).isEmpty();
  }

  private static List<Integer> groups(DataSet dataSet) {
    List<Integer> groups = new ArrayList<>();
    for (int group = FIRST_GROUP; group <= LAST_GROUP; group += 2) {
      if (dataSet.contains(OverlayModule.tag(Tag.OverlayRows, group))) {
        groups.add(group);
      }
    }
    return groups;
  }

  /**
   * Reads the overlays that lie on a frame.
   *
   * @param frame from 1
   * @throws IOException if the file that holds the data can't be read
   */
  public Overlays decode(TransferSyntax transferSyntax, DataSet dataSet, int frame)
      throws IOException {
    List<Overlay> planes = new ArrayList<>();
    List<String> omitted = new ArrayList<>();
    for (int group : groups(dataSet)) {
      try {
        new OverlayModule(dataSet, group, limits)
            .read(transferSyntax, frame)
            .ifPresent(planes::add);
      } catch (PixelDataException refused) {
        omitted.add("overlay %04X: %s".formatted(group, refused.getMessage()));
      }
    }
    return new Overlays(planes, omitted);
  }
}
