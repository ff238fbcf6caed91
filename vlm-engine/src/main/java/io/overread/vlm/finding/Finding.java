package io.overread.vlm.finding;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One finding that the model is asked for.
 *
 * @param id stable within its catalogue
 * @param name for people
 * @param question the yes/no question put to the model
 * @param presentSentence how a report says that it is there
 * @param absentSentence how a report says that it is not
 * @param codes what it is, in terminologies; may be empty
 * @param bodySite where it is
 */
public record Finding(
    String id,
    String name,
    String question,
    String presentSentence,
    String absentSentence,
    List<Coding> codes,
    @Nullable Coding bodySite) {

  /** Keeps its own copy. */
  public Finding {
    codes = List.copyOf(codes);
  }
}
