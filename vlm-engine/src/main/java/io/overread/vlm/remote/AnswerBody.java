package io.overread.vlm.remote;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The body of an answer, read line by line or as a whole, never beyond its limit. */
final class AnswerBody {

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(32).build())
                  .build())
          .build();

  private final InputStream in;
  private final long limit;
  private final Runnable progress;
  private final byte[] buffer = new byte[8192];
  private int at;
  private int filled;
  private long total;

  /**
   * Over a stream.
   *
   * @param progress runs whenever something came
   */
  AnswerBody(InputStream in, long limit, Runnable progress) {
    this.in = in;
    this.limit = limit;
    this.progress = progress;
  }

  /** The next line without its end; null at the end of the body. */
  @Nullable String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      if (at == filled && !fill()) {
        return line.size() == 0 ? null : utf8(line);
      }
      byte next = buffer[at++];
      if (next == '\n') {
        String text = utf8(line);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
      }
      line.write(next);
    }
  }

  /**
   * The data of the next server-sent event (WHATWG HTML 9.2), of one line each as these engines
   * send them; empty at the end.
   */
  Optional<String> event() throws IOException {
    for (String line = line(); line != null; line = line()) {
      if (line.startsWith("data:")) {
        return Optional.of(line.substring("data:".length()).strip());
      }
    }
    return Optional.empty();
  }

  /** The whole body. */
  JsonNode json() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (at < filled || fill()) {
      all.write(buffer, at, filled - at);
      at = filled;
    }
    return parsed(utf8(all));
  }

  /** JSON is UTF-8 (RFC 8259 8.1); what is none might be read as other words. */
  private static String utf8(ByteArrayOutputStream bytes) throws MalformedAnswerException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new MalformedAnswerException("sent no UTF-8");
    }
  }

  static JsonNode parsed(String text) throws MalformedAnswerException {
    try {
      JsonNode node = MAPPER.readTree(text);
      if (node != null && node.isObject()) {
        return node;
      }
    } catch (JacksonException e) {
      // Without its message and cause, which quote what came.
      throw new MalformedAnswerException("sent no JSON");
    }
    throw new MalformedAnswerException("sent no JSON object");
  }

  private boolean fill() throws IOException {
    int read = in.read(buffer);
    if (read < 0) {
      return false;
    }
    total += read;
    if (total > limit) {
      throw new MalformedAnswerException("sent more than " + limit + " bytes");
    }
    at = 0;
    filled = read;
    progress.run();
    return true;
  }
}
