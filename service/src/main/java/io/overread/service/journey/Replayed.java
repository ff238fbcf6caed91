package io.overread.service.journey;

import java.util.List;

/** What came of running a stored draft again. */
public sealed interface Replayed {

  /**
   * The same to the last token.
   *
   * @param notes what to know of the comparison, such as another platform; may be empty
   */
  record Same(String summary, List<String> notes) implements Replayed {
    /** Keeps its own copy. */
    public Same {
      notes = List.copyOf(notes);
    }
  }

  /**
   * Something else.
   *
   * @param differences what, at least one
   * @param notes what to know of the comparison; may be empty
   */
  record Different(List<String> differences, List<String> notes) implements Replayed {
    /** Keeps its own copies. */
    public Different {
      differences = List.copyOf(differences);
      notes = List.copyOf(notes);
    }
  }

  /** It can't be run again. */
  record NotReplayable(String reason) implements Replayed {}
}
