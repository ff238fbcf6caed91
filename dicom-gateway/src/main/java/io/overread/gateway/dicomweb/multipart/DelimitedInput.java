package io.overread.gateway.dicomweb.multipart;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A stream in which a delimiter is looked for without reading beyond a buffer. */
final class DelimitedInput {

  private static final int BUFFER = 64 * 1024;

  private final InputStream in;
  private final byte[] delimiter;
  private final byte[] buffer = new byte[BUFFER];
  private int position;
  private int limit;

  DelimitedInput(InputStream in, byte[] delimiter) {
    this.in = in;
    this.delimiter = delimiter;
    // The first delimiter needs no line end before it (RFC 2046 5.1.1); it gets one.
    buffer[0] = '\r';
    buffer[1] = '\n';
    limit = 2;
  }

  /**
   * Bytes before the delimiter, which is taken away when it is reached.
   *
   * @return how many, or -1 when the delimiter was reached
   */
  int read(byte[] into, int offset, int length) throws IOException {
    if (limit - position < delimiter.length) {
      fill();
    }
    int found = find(length);
    if (found == position && startsAt(found)) {
      position += delimiter.length;
      return -1;
    }
    int count = Math.min(length, found - position);
    System.arraycopy(buffer, position, into, offset, count);
    position += count;
    return count;
  }

  /** Passes over what precedes the first delimiter, and it. */
  void skipPreamble() throws IOException {
    byte[] block = new byte[1024];
    int passed = 0;
    int count;
    while ((count = read(block, 0, block.length)) >= 0) {
      passed += count;
      if (passed > BUFFER) {
        throw MultipartException.malformed("The boundary does not begin a part.");
      }
    }
  }

  /** After a delimiter: whether it was the last. Otherwise the rest of its line is taken. */
  boolean closes() throws IOException {
    require(2);
    if (buffer[position] == '-' && buffer[position + 1] == '-') {
      return true;
    }
    if (!line(256).isBlank()) {
      throw MultipartException.malformed("The boundary occurs within a part.");
    }
    return false;
  }

  /** A line without its end. */
  String line(int longest) throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      require(1);
      byte next = buffer[position++];
      if (next == '\n') {
        int end = line.length();
        return end > 0 && line.charAt(end - 1) == '\r'
            ? line.substring(0, end - 1)
            : line.toString();
      }
      if (line.length() > longest) {
        throw MultipartException.tooLarge("A part has too long headers.");
      }
      line.append(new String(new byte[] {next}, StandardCharsets.ISO_8859_1));
    }
  }

  /** Where the delimiter, or what may be its beginning, is within so many bytes; else their end. */
  private int find(int length) {
    int end = Math.min(limit, position + length);
    for (int at = position; at < end; at++) {
      if (buffer[at] == '\r' && mayStartAt(at)) {
        return at;
      }
    }
    return end;
  }

  private boolean mayStartAt(int at) {
    int held = Math.min(delimiter.length, limit - at);
    for (int index = 1; index < held; index++) {
      if (buffer[at + index] != delimiter[index]) {
        return false;
      }
    }
    return true;
  }

  private boolean startsAt(int at) {
    return limit - at >= delimiter.length && mayStartAt(at);
  }

  private void require(int count) throws IOException {
    if (limit - position < count) {
      fill(count);
    }
  }

  private void fill() throws IOException {
    fill(delimiter.length);
  }

  /** Moves what is held to the front and reads until there are as many bytes. */
  private void fill(int count) throws IOException {
    System.arraycopy(buffer, position, buffer, 0, limit - position);
    limit -= position;
    position = 0;
    while (limit < count) {
      int read = in.read(buffer, limit, buffer.length - limit);
      if (read < 0) {
        throw MultipartException.malformed("The body ends before its last boundary.");
      }
      limit += read;
    }
  }
}
