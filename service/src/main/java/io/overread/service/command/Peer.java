package io.overread.service.command;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A DICOM application entity to send to.
 *
 * @param aeTitle 1 to 16 characters (PS3.5 6.2, AE)
 * @param host name or address
 * @param port 1 to 65535
 */
record Peer(String aeTitle, String host, int port) {
  private static final Pattern FORM =
      Pattern.compile(
          "([\\x20-\\x5B\\x5D-\\x7E&&[^@]]{1,16})@\\[?([^\\s@\\[\\]]{1,253}?)\\]?:(\\d{1,5})");

  static Peer parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new UsageException("'" + text + "' is not AET@HOST:PORT");
    }
    return new Peer(matcher.group(1).strip(), matcher.group(2), port(matcher.group(3)));
  }

  static int port(String text) {
    int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
    if (port < 1 || port > 65_535) {
      throw new UsageException("'" + text + "' is no port");
    }
    return port;
  }
}
