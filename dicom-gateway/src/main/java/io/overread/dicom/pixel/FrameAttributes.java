package io.overread.dicom.pixel;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;
import java.util.Optional;

/**
 * The attributes of one frame: in an enhanced multi-frame object from its own functional groups,
 * else from the shared ones (PS3.3 C.7.6.16), else from the data set itself.
 */
final class FrameAttributes {
  private final DataSet dataSet;
  private final int frame;

  FrameAttributes(DataSet dataSet, int frame) {
    this.dataSet = dataSet;
    this.frame = frame;
  }

  DataSet dataSet() {
    return dataSet;
  }

  /** The item of a functional group macro that applies to the frame, or the data set. */
  DataSet group(int macroSequence) {
    return macro(macroSequence).orElse(dataSet);
  }

  /** The item of a functional group macro that applies to the frame. */
  Optional<DataSet> macro(int macroSequence) {
    return perFrame()
        .flatMap(groups -> groups.item(macroSequence))
        .or(
            () ->
                dataSet
                    .item(Tag.SharedFunctionalGroupsSequence)
                    .flatMap(groups -> groups.item(macroSequence)));
  }

  private Optional<DataSet> perFrame() {
    var groups = dataSet.items(Tag.PerFrameFunctionalGroupsSequence);
    return frame <= groups.size() ? Optional.of(groups.get(frame - 1)) : Optional.empty();
  }
}
