package io.overread.gateway.dicomweb;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A media type with parameters, as in Accept and Content-Type (RFC 9110 8.3, 12.5.1).
 *
 * <p>Read more leniently than RFC 9110 says: most clients write {@code type=application/dicom}
 * without the quotation marks that its slash needs.
 *
 * @param type such as {@code multipart/related}, in lower case
 * @param parameters by lower-case name
 */
public record MediaRange(String type, Map<String, String> parameters) {

  private static final int MOST_CHARACTERS = 4096;

  /** All of the ranges, the most wanted first; one with quality 0 is left out. */
  public static List<MediaRange> accepted(List<String> headers) {
    List<MediaRange> ranges = new ArrayList<>();
    int characters = 0;
    for (String header : headers) {
      characters += header.length();
      if (characters > MOST_CHARACTERS) {
        throw DicomwebProblem.badRequest("Accept is too long.");
      }
      for (String range : split(header, ',')) {
        if (!range.isBlank()) {
          ranges.add(parse(range));
        }
      }
    }
    return ranges.stream()
        .filter(range -> range.quality() > 0)
        .sorted(Comparator.comparingDouble(MediaRange::quality).reversed())
        .toList();
  }

  /**
   * Reads one type.
   *
   * @throws DicomwebProblem 400 if it is none
   */
  public static MediaRange parse(String text) {
    List<String> pieces = split(text, ';');
    String type = pieces.getFirst().strip().toLowerCase(Locale.ROOT);
    if (!type.matches("[a-z0-9*!#$&^_.+-]{1,80}/[a-z0-9*!#$&^_.+-]{1,80}")) {
      throw DicomwebProblem.badRequest("A media type is malformed.");
    }
    Map<String, String> parameters = new HashMap<>();
    for (String piece : pieces.subList(1, pieces.size())) {
      int equals = piece.indexOf('=');
      if (equals > 0) {
        parameters.put(
            piece.substring(0, equals).strip().toLowerCase(Locale.ROOT),
            unquoted(piece.substring(equals + 1).strip()));
      }
    }
    return new MediaRange(type, Map.copyOf(parameters));
  }

  /** A parameter. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  /** Whether parts are wanted rather than a single body. */
  public boolean isMultipart() {
    return type.startsWith("multipart/");
  }

  /** The type of the content itself: of the parts, if it is a multipart. */
  public String content() {
    return isMultipart()
        ? parameter("type").map(type -> type.toLowerCase(Locale.ROOT)).orElse("*/*")
        : type;
  }

  /** Whether the content may be of this type. */
  public boolean allows(String mediaType) {
    String content = content();
    return content.equals("*/*")
        || content.equals(mediaType)
        || (content.endsWith("/*")
            && mediaType.startsWith(content.substring(0, content.length() - 1)));
  }

  /** The wanted transfer syntax; null if any will do, or none is named. */
  public @Nullable String transferSyntax() {
    return parameter("transfer-syntax").filter(syntax -> !syntax.equals("*")).orElse(null);
  }

  private double quality() {
    try {
      double quality = Double.parseDouble(parameters.getOrDefault("q", "1"));
      return quality >= 0 && quality <= 1 ? quality : 0;
    } catch (NumberFormatException malformed) {
      return 0;
    }
  }

  private static String unquoted(String value) {
    return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
        ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1")
        : value;
  }

  /** By a separator that is not within quotation marks. */
  private static List<String> split(String text, char separator) {
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    boolean quoted = false;
    for (int index = 0; index < text.length(); index++) {
      char next = text.charAt(index);
      if (next == '"' && (index == 0 || text.charAt(index - 1) != '\\')) {
        quoted = !quoted;
      }
      if (next == separator && !quoted) {
        pieces.add(piece.toString());
        piece.setLength(0);
      } else {
        piece.append(next);
      }
    }
    pieces.add(piece.toString());
    return pieces;
  }
}
