package io.overread.reporting.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReviewLifeCycleTest {
  private static final List<ReviewAction> COLUMNS =
      List.of(
          ReviewAction.ACCEPT,
          ReviewAction.EDIT,
          ReviewAction.REJECT,
          ReviewAction.SIGN,
          ReviewAction.AMEND,
          ReviewAction.SUPERSEDE);

  /** Each cell: the next state and the report's status after it; {@code =} keeps the status. */
  private static final String TABLE =
      """
      DRAFTED    ACCEPTED/preliminary EDITED/preliminary REJECTED/cancelled -              -          SUPERSEDED/cancelled
      ACCEPTED   -                    EDITED/preliminary REJECTED/cancelled SIGNED/final   -          SUPERSEDED/cancelled
      EDITED     ACCEPTED/preliminary EDITED/preliminary REJECTED/cancelled SIGNED/final   -          SUPERSEDED/cancelled
      REJECTED   -                    EDITED/preliminary -                  -              -          SUPERSEDED/cancelled
      SIGNED     -                    -                  -                  -              AMENDING/= -
      AMENDING   -                    AMENDING/=         SIGNED/=           SIGNED/amended -          -
      SUPERSEDED -                    -                  -                  -              -          -
      """;

  @Test
  void every_cell_of_the_table_is_as_written_here() {
    var expected = new LinkedHashMap<String, String>();
    TABLE
        .lines()
        .map(line -> line.split("\\s+"))
        .forEach(
            row -> {
              for (int column = 0; column < COLUMNS.size(); column++) {
                expected.put(row[0] + " " + COLUMNS.get(column), row[column + 1]);
              }
            });
    assertThat(actual()).containsExactlyInAnyOrderEntriesOf(expected);
    assertThat(expected).hasSize(ReviewState.values().length * ReviewAction.values().length);
  }

  @Test
  void only_a_signature_leads_to_final_or_amended() {
    for (var state : ReviewState.values()) {
      for (var action : ReviewAction.values()) {
        ReviewLifeCycle.next(state, action)
            .map(ReviewLifeCycle.Transition::status)
            .filter(List.of(ReportStatus.FINAL, ReportStatus.AMENDED)::contains)
            .ifPresent(status -> assertThat(action).isEqualTo(ReviewAction.SIGN));
      }
    }
  }

  @Test
  void every_status_is_found_by_its_code() {
    assertThat(Arrays.stream(ReportStatus.values()).map(ReportStatus::code).map(ReportStatus::of))
        .containsExactly(ReportStatus.values());
  }

  private static Map<String, String> actual() {
    var actual = new LinkedHashMap<String, String>();
    for (var state : ReviewState.values()) {
      for (var action : ReviewAction.values()) {
        actual.put(
            state + " " + action,
            ReviewLifeCycle.next(state, action)
                .map(to -> to.state() + "/" + (to.status() == null ? "=" : to.status().code()))
                .orElse("-"));
      }
    }
    return actual;
  }
}
