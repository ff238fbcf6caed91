package io.overread.reporting.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnalysisLifeCycleTest {
  /** Every state and every action: a dash is not allowed. */
  @ParameterizedTest
  @CsvSource({
    "PENDING, BEGIN, RUNNING", "PENDING, FINISH, -", "PENDING, FAIL, FAILED",
    "RUNNING, BEGIN, RUNNING", "RUNNING, FINISH, DONE", "RUNNING, FAIL, FAILED",
    "DONE, BEGIN, -", "DONE, FINISH, -", "DONE, FAIL, -",
    "FAILED, BEGIN, RUNNING", "FAILED, FINISH, -", "FAILED, FAIL, -",
  })
  void every_cell_of_the_table_is_as_written_here(
      AnalysisState state, AnalysisAction action, String next) {
    assertThat(AnalysisLifeCycle.next(state, action))
        .isEqualTo(next.equals("-") ? Optional.empty() : Optional.of(AnalysisState.valueOf(next)));
  }
}
