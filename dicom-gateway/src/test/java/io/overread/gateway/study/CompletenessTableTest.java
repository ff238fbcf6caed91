package io.overread.gateway.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompletenessTableTest {

  @Test
  void every_combination_leads_where_the_design_says() {
    List<String> table = new ArrayList<>();
    for (var announced : CompletenessTable.Announced.values()) {
      for (var expected : CompletenessTable.Expected.values()) {
        StringBuilder row = new StringBuilder(announced + " " + expected + ":");
        for (var time : CompletenessTable.Time.values()) {
          row.append(' ').append(CompletenessTable.outcome(time, announced, expected));
        }
        table.add(row.toString());
      }
    }

    // Times: arriving, quiet, arriving at the forced end, quiet at the forced end.
    assertThat(table)
        .containsExactly(
            "NOTHING NO_RULE: WAIT COMPLETE PARTIAL COMPLETE",
            "NOTHING IS_HERE: WAIT COMPLETE PARTIAL COMPLETE",
            "NOTHING IS_MISSING: WAIT WAIT PARTIAL PARTIAL",
            "SOME_MISSING NO_RULE: WAIT WAIT PARTIAL PARTIAL",
            "SOME_MISSING IS_HERE: WAIT WAIT PARTIAL PARTIAL",
            "SOME_MISSING IS_MISSING: WAIT WAIT PARTIAL PARTIAL",
            "ALL_HERE NO_RULE: COMPLETE COMPLETE COMPLETE COMPLETE",
            "ALL_HERE IS_HERE: COMPLETE COMPLETE COMPLETE COMPLETE",
            "ALL_HERE IS_MISSING: WAIT PARTIAL PARTIAL PARTIAL",
            "BROKEN_OFF NO_RULE: PARTIAL PARTIAL PARTIAL PARTIAL",
            "BROKEN_OFF IS_HERE: PARTIAL PARTIAL PARTIAL PARTIAL",
            "BROKEN_OFF IS_MISSING: PARTIAL PARTIAL PARTIAL PARTIAL");
  }
}
