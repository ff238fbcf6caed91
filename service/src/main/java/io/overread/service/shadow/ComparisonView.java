package io.overread.service.shadow;

import io.overread.reporting.finding.RecordedFinding;
import io.overread.service.shadow.Comparison.Said;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The draft and what another model says, side by side.
 *
 * @param agreed how many findings both call the same; undetermined agrees with undetermined
 * @param findings those of the draft, in its order; none until the other has read
 */
record ComparisonView(
    UUID id,
    ModelView drafted,
    ModelView shadow,
    String state,
    @Nullable String failure,
    Instant createdAt,
    int agreed,
    List<Row> findings) {

  /** A model and what it wrote. */
  record ModelView(String name, String digest, @Nullable String text) {}

  /**
   * What a model says of a finding; a null probability is one that its engine does not give, a null
   * presence one that it could not determine.
   */
  record Call(@Nullable Double probability, @Nullable Boolean present) {}

  /** A finding of the draft; the shadow is null where it was not asked for it. */
  record Row(String findingId, String name, Call drafted, @Nullable Call shadow, boolean agreed) {}

  static ComparisonView of(
      Comparison comparison, ModelView drafted, List<RecordedFinding> findings) {
    List<Row> rows = sideBySide(findings, comparison.findings());
    return new ComparisonView(
        comparison.id(),
        drafted,
        new ModelView(comparison.model().name(), comparison.model().digest(), comparison.text()),
        comparison.state().name(),
        comparison.failure(),
        comparison.createdAt(),
        (int) rows.stream().filter(Row::agreed).count(),
        comparison.state() == Comparison.State.DONE ? rows : List.of());
  }

  private static List<Row> sideBySide(List<RecordedFinding> drafted, List<Said> shadow) {
    List<Row> rows = new ArrayList<>();
    for (RecordedFinding finding : drafted) {
      String id = finding.question().findingId();
      Call call = new Call(finding.score().probability(), finding.score().present());
      Call other =
          shadow.stream()
              .filter(said -> said.findingId().equals(id))
              .findFirst()
              .map(said -> new Call(said.probability(), said.present()))
              .orElse(null);
      boolean agreed = other != null && Objects.equals(call.present(), other.present());
      rows.add(new Row(id, finding.question().name(), call, other, agreed));
    }
    return rows;
  }
}
