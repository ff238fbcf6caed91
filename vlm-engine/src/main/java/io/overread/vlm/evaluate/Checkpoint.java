package io.overread.vlm.evaluate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a run has finished, one JSON line a step, written as soon as the step is done. The first
 * line says which model read which data: another one is refused. A line that a crash cut short is
 * cut off and its step made again. Safe for many threads.
 */
final class Checkpoint implements AutoCloseable {

  private static final byte LINE_END = '\n';

  private final @Nullable FileChannel file;
  private final Map<String, JsonNode> done = new HashMap<>();

  private Checkpoint(@Nullable FileChannel file) {
    this.file = file;
  }

  /**
   * Opens or begins a file.
   *
   * @param path empty to keep nothing
   * @param run what must be the same for a run to go on
   * @throws UnusableDataException if it is of another run, or another process writes it
   */
  static Checkpoint open(Optional<Path> path, ObjectNode run) {
    if (path.isEmpty()) {
      return new Checkpoint(null);
    }
    try {
      FileChannel channel =
          FileChannel.open(
              path.get(),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      Checkpoint checkpoint = new Checkpoint(channel);
      checkpoint.begin(path.get(), channel, run);
      return checkpoint;
    } catch (IOException e) {
      throw new UnusableDataException(path.get() + ": cannot be written: " + e.getMessage());
    }
  }

  private void begin(Path path, FileChannel channel, ObjectNode run) throws IOException {
    try {
      if (channel.tryLock() == null) {
        throw new UnusableDataException(path + ": another run writes it");
      }
    } catch (OverlappingFileLockException e) {
      throw new UnusableDataException(path + ": another run writes it");
    }
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
      // until all is read
    }
    int whole = read(path, bytes.array(), run);
    channel.truncate(whole).position(whole);
    if (whole == 0) {
      write(channel, run);
    }
  }

  /** How many bytes are whole lines. */
  private int read(Path path, byte[] bytes, ObjectNode run) {
    int whole = 0;
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] == LINE_END) {
        JsonNode line = parsed(path, new String(bytes, whole, at - whole, StandardCharsets.UTF_8));
        if (whole > 0) {
          done.put(line.path("step").asString(""), line.path("answers"));
        } else if (!line.equals(run)) {
          throw new UnusableDataException(
              path + ": it is of another run: " + line + ", this one is " + run);
        }
        whole = at + 1;
      }
    }
    return whole;
  }

  private static JsonNode parsed(Path path, String line) {
    try {
      return JsonMapper.shared().readTree(line);
    } catch (JacksonException e) {
      throw new UnusableDataException(path + ": no file to go on from: " + e.getOriginalMessage());
    }
  }

  /** How many steps were done before. */
  int size() {
    return done.size();
  }

  /** What came of a step that was done before. */
  Optional<JsonNode> of(String step) {
    return Optional.ofNullable(done.get(step));
  }

  /** Keeps what came of a step. */
  void keep(String step, JsonNode answers) {
    if (file != null) {
      ObjectNode line = JsonMapper.shared().createObjectNode().put("step", step);
      line.set("answers", answers);
      try {
        write(file, line);
      } catch (IOException e) {
        throw new UncheckedIOException("what is done can't be kept: " + e.getMessage(), e);
      }
    }
  }

  private static synchronized void write(FileChannel channel, JsonNode line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Override
  public void close() {
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
