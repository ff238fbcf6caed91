package io.overread.vlm.evaluate.published;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Where a question comes from.
 *
 * @param id its own within its set
 * @param group the patient, or the image where nothing else is known: drawn as one when figures are
 *     resampled
 * @param sex M or F; null where not stated
 * @param age in years; null where not stated
 * @param scanner manufacturer and model; null where not stated
 */
public record Origin(
    String id,
    String group,
    @Nullable String sex,
    @Nullable Integer age,
    @Nullable String scanner) {

  private static final Pattern AGE = Pattern.compile("^0*(\\d{1,3})");

  /** Of a person of whom nothing is known. */
  public static Origin of(String id, String group) {
    return new Origin(id, group, null, null, null);
  }

  /** With what a JSON object of our own states of the person and the scanner. */
  static Origin of(String id, String group, JsonNode json) {
    return new Origin(
        id,
        group,
        sex(json.path("sex").asString("")),
        age(json.path("age").asString("")),
        scanner(json));
  }

  /** M or F of a word or a letter in any case; null of anything else. */
  public static @Nullable String sex(String stated) {
    return switch (stated.strip().toLowerCase(Locale.ROOT)) {
      case "m", "male" -> "M";
      case "f", "female" -> "F";
      default -> null;
    };
  }

  /** Years of a number, or of a DICOM age such as 057Y; null of anything else. */
  public static @Nullable Integer age(String stated) {
    Matcher years = AGE.matcher(stated.strip());
    return years.find() ? Integer.valueOf(years.group(1)) : null;
  }

  /** The {@code manufacturer} and {@code model} of a JSON object; null where it has neither. */
  public static @Nullable String scanner(JsonNode json) {
    String both =
        (json.path("manufacturer").asString("").strip()
                + " "
                + json.path("model").asString("").strip())
            .strip();
    return both.isEmpty() ? null : both;
  }
}
