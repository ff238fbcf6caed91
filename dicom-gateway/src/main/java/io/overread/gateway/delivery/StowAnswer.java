package io.overread.gateway.delivery;

import io.overread.dicom.net.DimseStatus;
import io.overread.gateway.delivery.ResultSender.Answer;
import io.overread.gateway.delivery.ResultSender.Sending;
import java.util.Locale;
import java.util.OptionalInt;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the answers of DICOMweb services in DICOM JSON (PS3.18 F, Table 10.5.3-1). */
final class StowAnswer {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String FAILED_SOP_SEQUENCE = "00081198";
  private static final String FAILURE_REASON = "00081197";
  private static final String SOP_INSTANCE_UID = "00080018";

  private StowAnswer() {}

  /** What a service said of the one object that it was sent. */
  static Sending of(int httpStatus, String body) {
    String status = Integer.toString(httpStatus);
    OptionalInt failure = failureReason(body);
    if (failure.isPresent()) {
      DimseStatus reason = new DimseStatus(failure.getAsInt() & 0xFFFF);
      String words = String.format(Locale.ROOT, "%04X, %s", reason.code(), StatusWords.of(reason));
      return StatusWords.mayPass(reason)
          ? new Sending.FailedForNow(Answer.of(status, words))
          : new Sending.Refused(Answer.of(status, words));
    }
    return switch (httpStatus) {
      case 200 -> new Sending.Accepted(Answer.of(status, null));
      case 202 -> new Sending.Accepted(Answer.of(status, "accepted with warnings"));
      case 408, 425, 429, 500, 502, 503, 504, 507 ->
          new Sending.FailedForNow(Answer.of(status, "the service can't take it now"));
      default -> new Sending.Refused(Answer.of(status, "the service refused it"));
    };
  }

  /** Whether a list of matches names the instance. */
  static boolean names(String body, String sopInstanceUid) {
    try {
      for (JsonNode match : JSON.readTree(body)) {
        if (match
            .path(SOP_INSTANCE_UID)
            .path("Value")
            .path(0)
            .asString("")
            .equals(sopInstanceUid)) {
          return true;
        }
      }
      return false;
    } catch (JacksonException noJson) {
      return false;
    }
  }

  /** Of the Failed SOP Sequence, which also a 200 or 202 may hold. */
  private static OptionalInt failureReason(String body) {
    try {
      JsonNode answer = JSON.readTree(body);
      JsonNode whole = answer.isArray() ? answer.path(0) : answer;
      JsonNode failed = whole.path(FAILED_SOP_SEQUENCE).path("Value").path(0);
      return failed.isMissingNode()
          ? OptionalInt.empty()
          : OptionalInt.of(failed.path(FAILURE_REASON).path("Value").path(0).asInt(0x0110));
    } catch (JacksonException noJson) {
      return OptionalInt.empty();
    }
  }
}
