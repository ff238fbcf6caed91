package io.overread.dicom.presentation;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * An item of a Referenced Image Sequence (0008,1140).
 *
 * @param frames Referenced Frame Number (0008,1160); all frames where it is empty
 */
public record ImageReference(String sopInstanceUid, List<Integer> frames) {
  /** Copies the list. */
  public ImageReference {
    frames = List.copyOf(frames);
  }

  static Optional<ImageReference> read(DataSet item) {
    List<Integer> frames =
        LongStream.of(item.integers(Tag.ReferencedFrameNumber))
            .filter(frame -> frame > 0 && frame <= Integer.MAX_VALUE)
            .mapToObj(frame -> (int) frame)
            .toList();
    return item.string(Tag.ReferencedSOPInstanceUID).map(uid -> new ImageReference(uid, frames));
  }

  /** Whether an item that may name images is about a frame; one that names none is about all. */
  static boolean concerns(DataSet item, FrameReference frame) {
    List<DataSet> images = item.items(Tag.ReferencedImageSequence);
    return images.isEmpty()
        || images.stream()
            .map(ImageReference::read)
            .flatMap(Optional::stream)
            .anyMatch(reference -> reference.includes(frame));
  }

  /** Whether the frame is one of these. */
  public boolean includes(FrameReference frame) {
    return sopInstanceUid.equals(frame.sopInstanceUid())
        && (frames.isEmpty() || frames.contains(frame.frame()));
  }
}
