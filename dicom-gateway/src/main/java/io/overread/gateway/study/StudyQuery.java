package io.overread.gateway.study;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which studies of the worklist are asked for.
 *
 * @param terms each must occur, in any case, in the patient's name or ID, the accession number, the
 *     study description or the Study Instance UID
 * @param after the Study Instance UID of the last study of the page before; null for the first page
 * @param limit how many studies at most, 1 to 500
 */
public record StudyQuery(List<String> terms, @Nullable String after, int limit) {

  /** The most studies that a page may hold. */
  public static final int LARGEST_LIMIT = 500;

  private static final int MOST_TERMS = 8;
  private static final int LONGEST_TERM = 64;

  /** Bounds what is asked. */
  public StudyQuery {
    terms = List.copyOf(terms);
    limit = Math.clamp(limit, 1, LARGEST_LIMIT);
  }

  /**
   * A query from the text of a search box; its words are the terms, as many and as long as make
   * sense.
   */
  public static StudyQuery of(@Nullable String text, @Nullable String after, int limit) {
    List<String> terms =
        text == null
            ? List.of()
            : Stream.of(text.replace('\0', ' ').strip().split("\\s+"))
                .filter(term -> !term.isEmpty())
                .limit(MOST_TERMS)
                .map(term -> term.substring(0, Math.min(term.length(), LONGEST_TERM)))
                .map(term -> term.toLowerCase(Locale.ROOT))
                .toList();
    return new StudyQuery(terms, after, limit);
  }
}
