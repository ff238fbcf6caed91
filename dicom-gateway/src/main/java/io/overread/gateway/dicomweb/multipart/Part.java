package io.overread.gateway.dicomweb.multipart;

import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A part, to be read before the next one is asked for.
 *
 * @param headers by lower-case name
 */
public record Part(Map<String, String> headers, InputStream body) {

  /** A header, if the part has it. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }
}
