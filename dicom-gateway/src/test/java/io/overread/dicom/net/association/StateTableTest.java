package io.overread.dicom.net.association;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Against a second, independent writing of PS3.8 Tables 9-6 to 9-10: by action, not by event. */
class StateTableTest {
  private static final int STATES = 13;
  private static final int EVENTS = 19;

  /** For each action: the states after it, and the event and states that cause it. */
  private static final String BY_ACTION =
      """
      AE_1  -> 4     : 1@1
      AE_2  -> 5     : 2@4
      AE_3  -> 6     : 3@5
      AE_4  -> 1     : 4@5
      AE_5  -> 2     : 5@1
      AE_6  -> 3,13  : 6@2
      AE_7  -> 6     : 7@3
      AE_8  -> 13    : 8@3
      DT_1  -> 6     : 9@6
      DT_2  -> 6     : 10@6
      AR_1  -> 7     : 11@6
      AR_2  -> 8     : 12@6
      AR_3  -> 1     : 13@7,11
      AR_4  -> 13    : 14@8,12
      AR_5  -> 1     : 17@13
      AR_6  -> 7     : 10@7
      AR_7  -> 8     : 9@8
      AR_8  -> 9,10  : 12@7
      AR_9  -> 11    : 14@9
      AR_10 -> 12    : 13@10
      AA_1  -> 13    : 3@2 4@2 10@2 12@2 13@2 19@2 15@3,5,6,7,8,9,10,11,12
      AA_2  -> 1     : 15@4 16@2,13 18@2,13
      AA_3  -> 1     : 16@3,5,6,7,8,9,10,11,12
      AA_4  -> 1     : 17@3,4,5,6,7,8,9,10,11,12
      AA_5  -> 1     : 17@2
      AA_6  -> 13    : 3@13 4@13 10@13 12@13 13@13
      AA_7  -> 13    : 6@13 19@13
      AA_8  -> 13    : 3@3,6,7,8,9,10,11,12 4@3,6,7,8,9,10,11,12 6@3,5,6,7,8,9,10,11,12 \
                       10@3,5,8,9,10,11,12 12@3,5,8,9,10,11,12 13@3,5,6,8,9,12 \
                       19@3,5,6,7,8,9,10,11,12
      """;

  @Test
  void every_state_and_event_cause_the_action_of_the_standard_or_none() {
    Map<String, String> expected = new TreeMap<>();
    Map<String, String> actual = new TreeMap<>();
    for (int event = 1; event <= EVENTS; event++) {
      for (int state = 1; state <= STATES; state++) {
        String cell = event + "@" + state;
        expected.put(cell, ".");
        Optional<Action> action =
            StateTable.action(State.values()[state - 1], Event.values()[event - 1]);
        actual.put(cell, action.map(Action::name).orElse("."));
      }
    }
    for (Row row : rows()) {
      row.cells().forEach(cell -> expected.put(cell, row.action()));
    }
    assertThat(actual).hasSize(STATES * EVENTS).isEqualTo(expected);
  }

  @Test
  void every_action_leads_to_the_states_of_the_standard() {
    List<Row> rows = rows();
    assertThat(rows.stream().map(Row::action))
        .containsExactlyInAnyOrderElementsOf(
            List.of(Action.values()).stream().map(Action::name).toList());
    for (Row row : rows) {
      Action action = Action.valueOf(row.action());
      List<Integer> next = new ArrayList<>(List.of(action.next().ordinal() + 1));
      if (action.alternative() != action.next()) {
        next.add(action.alternative().ordinal() + 1);
      }
      assertThat(next).as(row.action()).isEqualTo(row.next());
    }
  }

  private record Row(String action, List<Integer> next, List<String> cells) {}

  private static List<Row> rows() {
    return BY_ACTION.lines().map(StateTableTest::row).toList();
  }

  private static Row row(String line) {
    List<String> parts = List.of(line.split("->|:"));
    List<String> cells = new ArrayList<>();
    for (String causes : parts.get(2).strip().split(" +")) {
      List<String> eventAndStates = List.of(causes.split("@"));
      for (String state : eventAndStates.get(1).split(",")) {
        cells.add(eventAndStates.get(0) + "@" + state);
      }
    }
    List<Integer> next =
        List.of(parts.get(1).strip().split(",")).stream().map(Integer::valueOf).toList();
    return new Row(parts.get(0).strip(), next, cells);
  }
}
