package io.overread.gateway.dicomweb.multipart;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a multipart body (RFC 2046 5.1) part by part; what it holds of it is one buffer.
 *
 * <p>The preamble, which nobody has a use for, is passed over up to a buffer's length; the epilogue
 * is not read.
 */
public final class MultipartReader {

  /** Up to 200 characters: RFC 2046 allows 70, Orthanc sends 73. */
  private static final Pattern BOUNDARY =
      Pattern.compile("[0-9A-Za-z'()+_,./:=? -]{0,199}[0-9A-Za-z'()+_,./:=?-]");

  private static final int MOST_HEADERS = 32;

  private final DelimitedInput input;
  private final MultipartLimits limits;
  private int parts;
  private @Nullable PartBody open;
  private boolean ended;

  /**
   * A reader of a body.
   *
   * @param boundary the parameter of the Content-Type
   * @throws MultipartException if no boundary can be such (RFC 2046 5.1.1)
   */
  public MultipartReader(InputStream body, String boundary, MultipartLimits limits)
      throws MultipartException {
    if (!BOUNDARY.matcher(boundary).matches()) {
      throw MultipartException.malformed("The boundary is not one of RFC 2046.");
    }
    byte[] delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
    this.input = new DelimitedInput(body, delimiter);
    this.limits = limits;
  }

  /**
   * The next part; what was left of the one before is passed over.
   *
   * @return null after the last one
   * @throws MultipartException if the body is malformed or breaks a limit
   */
  public @Nullable Part next() throws IOException {
    if (ended) {
      return null;
    }
    PartBody before = open;
    if (before == null) {
      input.skipPreamble();
    } else {
      before.passOver();
    }
    if (input.closes()) {
      ended = true;
      return null;
    }
    if (++parts > limits.parts()) {
      throw MultipartException.tooLarge("There are more than " + limits.parts() + " parts.");
    }
    Map<String, String> headers = headers();
    PartBody body = new PartBody(input, limits.partBytes());
    open = body;
    return new Part(headers, body);
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new HashMap<>();
    int left = limits.headerBytes();
    String name = "";
    while (true) {
      String line = input.line(left);
      left -= line.length() + 2;
      if (line.isEmpty()) {
        return headers;
      }
      if (headers.size() >= MOST_HEADERS) {
        throw MultipartException.tooLarge("A part has too many headers.");
      }
      int colon = line.indexOf(':');
      if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
        String folded = line.strip();
        headers.computeIfPresent(name, (key, value) -> value + " " + folded);
      } else if (colon > 0) {
        name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        headers.put(name, line.substring(colon + 1).strip());
      } else {
        throw MultipartException.malformed("A part has a line that is no header.");
      }
    }
  }
}
