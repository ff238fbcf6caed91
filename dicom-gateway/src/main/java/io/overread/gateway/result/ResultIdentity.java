package io.overread.gateway.result;

import io.overread.gateway.result.ReportToDeliver.Identity;
import org.jspecify.annotations.Nullable;

/**
 * Under which UIDs an object goes out; set before it is made.
 *
 * @param kind what it is
 * @param sopInstanceUid SOP Instance UID (0008,0018), one for each version of the report
 * @param seriesInstanceUid Series Instance UID (0020,000E), one for each report and kind
 * @param predecessor SOP Instance UID of the signed object that this one takes the place of; null
 *     where there is none
 */
public record ResultIdentity(
    ResultKind kind,
    String sopInstanceUid,
    String seriesInstanceUid,
    @Nullable String predecessor) {

  /**
   * The object of a kind for a version of a report: the same one whenever it is asked for.
   *
   * @param predecessorVersion the version signed before; null where there is none
   */
  public static ResultIdentity of(
      Identity report, ResultKind kind, @Nullable Integer predecessorVersion) {
    return new ResultIdentity(
        kind,
        instance(report, kind, report.version()),
        DerivedUid.of("series", report.reportId().toString(), kind.name()),
        predecessorVersion == null ? null : instance(report, kind, predecessorVersion));
  }

  private static String instance(Identity report, ResultKind kind, int version) {
    return DerivedUid.of(
        "instance", report.reportId().toString(), kind.name(), Integer.toString(version));
  }
}
