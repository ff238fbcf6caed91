package io.overread.dicom.pixel;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which frame of an enhanced multi-frame object a frame is (Frame Content, PS3.3 C.7.6.16.2.2).
 *
 * @param label Frame Label (0020,9453), at most 64 characters
 * @param stackId Stack ID (0020,9056)
 * @param inStackPosition In-Stack Position Number (0020,9057), from 1
 * @param temporalPosition Temporal Position Index (0020,9128), from 1
 */
public record FrameContent(
    Optional<String> label,
    Optional<String> stackId,
    OptionalInt inStackPosition,
    OptionalInt temporalPosition) {
  private static final int LONGEST = 64;

  static FrameContent read(FrameAttributes attributes) {
    DataSet group = attributes.group(Tag.FrameContentSequence);
    return new FrameContent(
        text(group, Tag.FrameLabel),
        text(group, Tag.StackID),
        group.integer(Tag.InStackPositionNumber),
        group.integer(Tag.TemporalPositionIndex));
  }

  private static Optional<String> text(DataSet group, int tag) {
    return group
        .string(tag)
        .map(text -> text.length() > LONGEST ? text.substring(0, LONGEST) : text);
  }
}
