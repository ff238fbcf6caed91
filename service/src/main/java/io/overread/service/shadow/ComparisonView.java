package io.overread.service.shadow;

import io.overread.reporting.finding.RecordedFinding;
import io.overread.service.shadow.Comparison.Said;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The draft and what another model says, side by side.
 *
 * @param agreed how many findings both call the same; undetermined agrees with undetermined
 * @param findings those that either was asked for, in the draft's order
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

  /** A finding by both; null where it was asked of one alone. */
  record Row(
      String findingId,
      String name,
      @Nullable Call drafted,
      @Nullable Call shadow,
      boolean agreed) {}

  static ComparisonView of(
      Comparison comparison, ModelView drafted, List<RecordedFinding> findings) {
    List<Row> rows = Pairing.of(findings, comparison.findings());
    return new ComparisonView(
        comparison.id(),
        drafted,
        new ModelView(
            comparison.model().name(), comparison.model().digest(), comparison.text()),
        comparison.state().name(),
        comparison.failure(),
        comparison.createdAt(),
        (int) rows.stream().filter(Row::agreed).count(),
        comparison.state() == Comparison.State.DONE ? rows : List.of());
  }

  /** Puts findings side by side. */
  private static final class Pairing {
    private Pairing() {}

    static List<Row> of(List<RecordedFinding> drafted, List<Said> shadow) {
      List<Row> rows = new java.util.ArrayList<>();
      for (RecordedFinding finding : drafted) {
        Call call = new Call(finding.score().probability(), finding.score().present());
        Call other =
            shadow.stream()
                .filter(said -> said.findingId().equals(finding.question().findingId()))
                .findFirst()
                .map(said -> new Call(said.probability(), said.present()))
                .orElse(null);
        rows.add(
            new Row(
                finding.question().findingId(),
                finding.question().name(),
                call,
                other,
                other != null && Objects.equals(call.present(), other.present())));
      }
      return rows;
    }
  }
}
