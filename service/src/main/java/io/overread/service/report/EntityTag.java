package io.overread.service.report;

import io.overread.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A report's version as an entity tag (RFC 9110 8.8.3). */
final class EntityTag {
  private EntityTag() {}

  static String of(int version) {
    return "\"" + version + "\"";
  }

  /** The version that {@code If-Match} names. */
  static int version(@Nullable String ifMatch) {
    if (ifMatch == null) {
      throw new Problem(
          HttpStatus.PRECONDITION_REQUIRED,
          "Say in If-Match which version you read, as its ETag gave it.");
    }
    if (!ifMatch.strip().matches("(W/)?\"\\d{1,9}\"")) {
      throw new Problem(
          HttpStatus.BAD_REQUEST, "If-Match has to be one entity tag, such as \"3\".");
    }
    return Integer.parseInt(ifMatch.replaceAll("\\D", ""));
  }
}
