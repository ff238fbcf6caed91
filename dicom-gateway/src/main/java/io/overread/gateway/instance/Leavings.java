package io.overread.gateway.instance;

import io.overread.gateway.instance.StoredPath.Place;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a crash leaves behind, and how the next start clears it. A file is received as {@code
 * *.part}. Before it moves to its place, an empty {@code PLACE-DIGEST.moving} says so, and goes
 * after the commit of its row. So a start has to look at what was under way, and at nothing else,
 * however many files are stored.
 *
 * <p>No order is forced upon the disk between the note and the move: should a power failure lose
 * the note alone, a file without a row takes up space until the same object is sent again.
 */
final class Leavings {

  static final String PART = ".part";
  private static final Pattern MOVING =
      Pattern.compile("(store|quarantine)-([0-9a-f]{64})\\.moving");
  private static final Logger LOG = LoggerFactory.getLogger(Leavings.class);

  private final DataFolder folder;

  Leavings(DataFolder folder) {
    this.folder = folder;
  }

  /** Notes that a file is about to move to its place. */
  void note(StoredPath place) throws IOException {
    Path note = notePath(place);
    if (!Files.exists(note)) {
      Files.createFile(note);
    }
  }

  /** Takes the note back: the row is committed, or the file is gone. */
  void settled(StoredPath place) {
    try {
      Files.deleteIfExists(notePath(place));
    } catch (IOException e) {
      // The next start looks at the row once more, and finds it.
      LOG.warn("The note of a move stays until the next start", e);
    }
  }

  /** Removes a file that has no row. */
  void remove(StoredPath place) {
    try {
      if (Files.exists(folder.resolve(place))) {
        Files.delete(folder.resolve(place));
      }
      settled(place);
    } catch (IOException e) {
      LOG.warn("A file without a row stays until the next start", e);
    }
  }

  /**
   * Clears what an earlier process left. Call it before the first instance is received.
   *
   * @param hasRow whether a row refers to the path
   * @return how many files were removed
   */
  int clear(Predicate<StoredPath> hasRow) throws IOException {
    int removed = 0;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder.incoming())) {
      for (Path entry : entries) {
        Optional<StoredPath> moving = moving(entry);
        if (moving.isPresent() && !hasRow.test(moving.get())) {
          removed += Files.deleteIfExists(folder.resolve(moving.get())) ? 1 : 0;
        }
        if (moving.isPresent() || entry.toString().endsWith(PART)) {
          Files.delete(entry);
          removed += moving.isPresent() ? 0 : 1;
        }
      }
    }
    return removed;
  }

  private static Optional<StoredPath> moving(Path entry) {
    Matcher matcher = MOVING.matcher(String.valueOf(entry.getFileName()));
    return matcher.matches()
        ? Optional.of(
            new StoredPath(
                Place.valueOf(matcher.group(1).toUpperCase(Locale.ROOT)), matcher.group(2)))
        : Optional.empty();
  }

  private Path notePath(StoredPath place) {
    String name = place.place().name().toLowerCase(Locale.ROOT) + "-" + place.digest() + ".moving";
    return folder.incoming().resolve(name);
  }
}
