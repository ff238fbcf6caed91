package io.overread.dicom.net.association;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The state transition table of PS3.8 Table 9-10: which action an event causes in a state. The next
 * state is that of the {@link Action}.
 */
public final class StateTable {
  // A row per event, a column per state, as the standard prints it; a dot where it leaves blank.
  private static final String TABLE_9_10 =
      """
               Sta1  Sta2  Sta3  Sta4  Sta5  Sta6  Sta7  Sta8  Sta9  Sta10 Sta11 Sta12 Sta13
        Evt1   AE-1  .     .     .     .     .     .     .     .     .     .     .     .
        Evt2   .     .     .     AE-2  .     .     .     .     .     .     .     .     .
        Evt3   .     AA-1  AA-8  .     AE-3  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-6
        Evt4   .     AA-1  AA-8  .     AE-4  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-6
        Evt5   AE-5  .     .     .     .     .     .     .     .     .     .     .     .
        Evt6   .     AE-6  AA-8  .     AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-7
        Evt7   .     .     AE-7  .     .     .     .     .     .     .     .     .     .
        Evt8   .     .     AE-8  .     .     .     .     .     .     .     .     .     .
        Evt9   .     .     .     .     .     DT-1  .     AR-7  .     .     .     .     .
        Evt10  .     AA-1  AA-8  .     AA-8  DT-2  AR-6  AA-8  AA-8  AA-8  AA-8  AA-8  AA-6
        Evt11  .     .     .     .     .     AR-1  .     .     .     .     .     .     .
        Evt12  .     AA-1  AA-8  .     AA-8  AR-2  AR-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-6
        Evt13  .     AA-1  AA-8  .     AA-8  AA-8  AR-3  AA-8  AA-8  AR-10 AR-3  AA-8  AA-6
        Evt14  .     .     .     .     .     .     .     AR-4  AR-9  .     .     AR-4  .
        Evt15  .     .     AA-1  AA-2  AA-1  AA-1  AA-1  AA-1  AA-1  AA-1  AA-1  AA-1  .
        Evt16  .     AA-2  AA-3  .     AA-3  AA-3  AA-3  AA-3  AA-3  AA-3  AA-3  AA-3  AA-2
        Evt17  .     AA-5  AA-4  AA-4  AA-4  AA-4  AA-4  AA-4  AA-4  AA-4  AA-4  AA-4  AR-5
        Evt18  .     AA-2  .     .     .     .     .     .     .     .     .     .     AA-2
        Evt19  .     AA-1  AA-8  .     AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-7
      """;

  private static final List<List<Optional<Action>>> CELLS = parse(TABLE_9_10);

  private StateTable() {}

  /** The action of the event in the state; empty where the event cannot occur there. */
  public static Optional<Action> action(State state, Event event) {
    return CELLS.get(event.ordinal()).get(state.ordinal());
  }

  private static List<List<Optional<Action>>> parse(String table) {
    List<List<Optional<Action>>> rows = new ArrayList<>();
    for (String line : table.lines().skip(1).toList()) {
      List<String> words = List.of(line.strip().split(" +"));
      rows.add(words.stream().skip(1).map(StateTable::cell).toList());
    }
    return List.copyOf(rows);
  }

  private static Optional<Action> cell(String word) {
    return word.equals(".")
        ? Optional.empty()
        : Optional.of(Action.valueOf(word.replace('-', '_')));
  }
}
