package io.overread.gateway.priors;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of a multipart body, one after the other (RFC 2046 5.1). */
final class MultipartParts {

  private static final Pattern BOUNDARY =
      Pattern.compile("(?i);\\s*boundary=(?:\"([^\"]{1,70})\"|([^;\\s\"]{1,70}))");
  private static final int LONGEST_HEAD = 16 * 1024;

  private final InputStream in;
  private final byte[] delimiter;
  private boolean first = true;

  private MultipartParts(InputStream in, String boundary) {
    this.in = new BufferedInputStream(in, 1 << 16);
    this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * The parts of a body.
   *
   * @throws IOException when the content type has no boundary
   */
  static MultipartParts of(String contentType, InputStream body) throws IOException {
    Matcher matcher = BOUNDARY.matcher(contentType);
    if (!matcher.find()) {
      throw new IOException("the answer is not in parts");
    }
    String boundary = Optional.ofNullable(matcher.group(1)).orElseGet(() -> matcher.group(2));
    return new MultipartParts(body, boundary);
  }

  /**
   * Goes to the content of the next part.
   *
   * @return false after the last
   * @throws IOException when the body breaks off, or a part has too long a head
   */
  boolean next() throws IOException {
    if (first) {
      first = false;
      // The first delimiter needs no line before it; what precedes it means nothing.
      if (!skipTo(2)) {
        return false;
      }
    }
    int octet = read();
    if (octet == '-' && read() == '-') {
      return false;
    }
    skipHead(octet == '\n' ? 1 : 0);
    return true;
  }

  /**
   * Copies the content of the part to its end.
   *
   * @throws IOException when the body breaks off
   */
  void copyTo(OutputStream out) throws IOException {
    int matched = 0;
    while (matched < delimiter.length) {
      int octet = read();
      if (octet == delimiter[matched]) {
        matched++;
      } else {
        // A line end begins a delimiter and occurs nowhere else in it.
        out.write(delimiter, 0, matched);
        matched = octet == delimiter[0] ? 1 : 0;
        if (matched == 0) {
          out.write(octet);
        }
      }
    }
  }

  private boolean skipTo(int from) throws IOException {
    int matched = from;
    while (matched < delimiter.length) {
      int octet = in.read();
      if (octet < 0) {
        return false;
      }
      matched = octet == delimiter[matched] ? matched + 1 : octet == delimiter[0] ? 1 : 0;
    }
    return true;
  }

  private void skipHead(int lineEndsBefore) throws IOException {
    int lineEnds = lineEndsBefore;
    for (int length = 0; lineEnds < 2; length++) {
      if (length > LONGEST_HEAD) {
        throw new IOException("a part has too long a head");
      }
      int octet = read();
      if (octet == '\n') {
        lineEnds++;
      } else if (octet != '\r') {
        lineEnds = 0;
      }
    }
  }

  private int read() throws IOException {
    int octet = in.read();
    if (octet < 0) {
      throw new EOFException("the body breaks off");
    }
    return octet;
  }
}
