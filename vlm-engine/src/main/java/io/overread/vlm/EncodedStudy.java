package io.overread.vlm;

import io.overread.vlm.finding.FindingRegion;
import java.util.Optional;

/**
 * A study's images as one model knows them: made once by {@link VisionLanguageModel#encode}, read
 * by every question, also by several at a time. What it holds is held until it is closed and the
 * last question on it has ended.
 */
public interface EncodedStudy extends AutoCloseable {

  /** How many images there are. */
  int images();

  /** Memory that it holds here until it is closed, in bytes. */
  default long bytes() {
    return 0;
  }

  /** Where on the first image a finding is seen, as {@link #region(int, String)}. */
  default Optional<FindingRegion> region(String findingId) {
    return region(0, findingId);
  }

  /**
   * Where on an image a finding is seen; empty where the model makes no map of this finding. It may
   * be asked of a closed study too.
   *
   * @param image from 0, in the order in which the images were encoded
   * @param findingId id of a catalogue's finding
   */
  Optional<FindingRegion> region(int image, String findingId);

  /** Ends the study; questions under way still finish. */
  @Override
  void close();
}
