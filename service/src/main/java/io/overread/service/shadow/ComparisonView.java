package io.overread.service.shadow;

import io.overread.reporting.finding.RecordedFinding;
import io.overread.service.shadow.Comparison.Said;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The draft and what another model says, side by side.
 *
 * @param agreed how many findings both call the same; undetermined agrees with undetermined
 * @param askedOfBoth how many findings both were asked for
 * @param findings of both: those of the draft in its order, then what only the other was asked for;
 *     none until the other has read
 */
record ComparisonView(
    UUID id,
    ModelView drafted,
    ModelView shadow,
    String state,
    @Nullable String failure,
    Instant createdAt,
    int agreed,
    int askedOfBoth,
    List<Row> findings) {

  /**
   * A model and what it wrote.
   *
   * @param contrastive the name of the contrastive model that scored beside it; null for none
   */
  record ModelView(
      String name, String digest, @Nullable String contrastive, @Nullable String text) {}

  /**
   * What a model says of a finding; a null probability is one that its engine does not give, a null
   * presence one that it could not determine.
   */
  record Call(@Nullable Double probability, @Nullable Boolean present) {}

  /** A finding; null where a model was not asked for it. */
  record Row(
      String findingId,
      String name,
      @Nullable Call drafted,
      @Nullable Call shadow,
      boolean agreed) {

    private static Row of(String id, String name, @Nullable Call drafted, @Nullable Call shadow) {
      boolean agreed =
          drafted != null && shadow != null && Objects.equals(drafted.present(), shadow.present());
      return new Row(id, name, drafted, shadow, agreed);
    }

    private boolean isOfBoth() {
      return drafted != null && shadow != null;
    }
  }

  static ComparisonView of(
      Comparison comparison, ModelView drafted, List<RecordedFinding> findings) {
    List<Row> rows =
        comparison.state() == Comparison.State.DONE
            ? sideBySide(findings, comparison.findings())
            : List.of();
    return new ComparisonView(
        comparison.id(),
        drafted,
        new ModelView(
            comparison.model().name(), comparison.model().digest(), null, comparison.text()),
        comparison.state().name(),
        comparison.failure(),
        comparison.createdAt(),
        (int) rows.stream().filter(Row::agreed).count(),
        (int) rows.stream().filter(Row::isOfBoth).count(),
        rows);
  }

  private static List<Row> sideBySide(List<RecordedFinding> drafted, List<Said> shadow) {
    Map<String, Said> left = new LinkedHashMap<>();
    shadow.forEach(said -> left.put(said.findingId(), said));
    List<Row> rows = new ArrayList<>();
    for (RecordedFinding finding : drafted) {
      String id = finding.question().findingId();
      Said said = left.remove(id);
      rows.add(
          Row.of(
              id,
              finding.question().name(),
              new Call(finding.score().probability(), finding.score().present()),
              said == null ? null : new Call(said.probability(), said.present())));
    }
    for (Said said : left.values()) {
      Call call = new Call(said.probability(), said.present());
      rows.add(Row.of(said.findingId(), said.name(), null, call));
    }
    return rows;
  }
}
