package io.overread.service.journey;

import io.overread.gateway.instance.StoredInstance;
import io.overread.gateway.study.Series;
import io.overread.gateway.triage.ImageFacts;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A series with images that the model may be shown.
 *
 * @param images at least one
 * @param middle what the header of the one in the middle says
 */
record Candidate(Series series, List<StoredInstance> images, ImageFacts middle) {
  private static final List<String> FRONTAL = List.of("PA", "AP");
  private static final Set<String> STACKS = Set.of("CT", "MR", "PT", "NM");

  /** Frontal views first, then stacks across the patient, then what has most frames. */
  static final Comparator<Candidate> BEST_FIRST =
      Comparator.<Candidate>comparingInt(Candidate::viewRank)
          .thenComparing(candidate -> !candidate.isAxial())
          .thenComparing(Candidate::frames, Comparator.reverseOrder());

  static Candidate of(Series series, List<StoredInstance> images) {
    return new Candidate(series, images, ImageFacts.of(images.get(images.size() / 2)));
  }

  String modality() {
    return CodeString.normalised(series.attributes().modality());
  }

  String bodyPart() {
    return CodeString.normalised(series.attributes().anatomy().bodyPartExamined());
  }

  /** View Position (0018,5101); empty if it isn't stated. */
  String view() {
    return CodeString.normalised(series.attributes().anatomy().viewPosition());
  }

  boolean isFrontal() {
    return FRONTAL.contains(view());
  }

  private int viewRank() {
    int rank = FRONTAL.indexOf(view());
    return rank < 0 ? FRONTAL.size() : rank;
  }

  /** Whether its frames are slices of one volume. */
  boolean isStack() {
    return STACKS.contains(modality()) && frames() > 1;
  }

  private boolean isAxial() {
    return middle.planes().stream().findFirst().filter(plane -> plane.isAxial()).isPresent();
  }

  int frames() {
    return images.stream().mapToInt(StoredInstance::numberOfFrames).sum();
  }

  /** Why the model shall not see its images; empty if it may. */
  Optional<String> objection() {
    return objection(images.get(images.size() / 2), middle);
  }

  Optional<String> objection(StoredInstance image, ImageFacts facts) {
    return NotForTheModel.reason(new NotForTheModel.Kind(image.sopClassUid(), modality()), facts);
  }
}
