package io.overread.gateway.result;

import io.overread.gateway.result.ReportToDeliver.Finding;
import io.overread.gateway.result.ReportToDeliver.Identity;
import io.overread.gateway.result.ReportToDeliver.ImageReference;
import io.overread.gateway.result.ReportToDeliver.Model;
import io.overread.gateway.result.ReportToDeliver.Point;
import io.overread.gateway.result.ReportToDeliver.Presence;
import io.overread.gateway.result.ReportToDeliver.Score;
import io.overread.gateway.result.ReportToDeliver.Signature;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reports made for a test. */
public final class ReportSample {

  private static final Instant WRITTEN = Instant.parse("2026-11-01T09:30:00Z");
  private static final Model MODEL = new Model("overread-mini", "3.0.0", "ab".repeat(32));
  private static final List<Point> BOX =
      List.of(new Point(1, 1), new Point(3, 1), new Point(3, 3.5), new Point(1, 3.5));

  private ReportSample() {}

  public static UUID id(int number) {
    return new UUID(0x4000L, 0x8000_0000_0000_0000L + number);
  }

  /** A draft with an outlined finding, one without an outline and one without a code. */
  public static ReportToDeliver draft(String studyInstanceUid, String sopInstanceUid) {
    return report(
        studyInstanceUid,
        ReportEvent.DRAFT,
        1,
        findings(sopInstanceUid),
        "Pleural effusion.",
        null);
  }

  public static ReportToDeliver signed(
      String studyInstanceUid, String sopInstanceUid, ReportEvent event, int version) {
    return report(
        studyInstanceUid,
        event,
        version,
        findings(sopInstanceUid),
        "Small pleural effusion on the left.\nNo pneumothorax.",
        signature("Rosa Radler"));
  }

  public static ReportToDeliver report(
      String studyInstanceUid,
      ReportEvent event,
      int version,
      List<Finding> findings,
      String text,
      @Nullable Signature signature) {
    return new ReportToDeliver(
        new Identity(id(1), version, studyInstanceUid, event, WRITTEN),
        new Coding("http://loinc.org", "36643-5", "XR Chest 2 Views"),
        text,
        findings,
        MODEL,
        signature);
  }

  public static Signature signature(String name) {
    return new Signature(name, WRITTEN, "I have reviewed the images and this report", "Hospital");
  }

  public static List<Finding> findings(String sopInstanceUid) {
    return List.of(
        new Finding(
            id(11),
            "Pleural effusion",
            new Coding("http://snomed.info/sct", "60046008", "Pleural effusion"),
            new Coding("http://snomed.info/sct", "3120008", "Pleural membrane structure"),
            new Score(0.8312, Presence.PRESENT, "There is a pleural effusion."),
            new ImageReference(sopInstanceUid, 1, BOX)),
        new Finding(
            id(12),
            "Pneumothorax",
            new Coding("http://snomed.info/sct", "36118008", "Pneumothorax"),
            null,
            new Score(
                0.03, Presence.ABSENT, "No pneumothorax.", "Scored beside it by another model."),
            new ImageReference(sopInstanceUid, 1, List.of())),
        new Finding(
            id(13),
            "Something the catalogue has no code for",
            null,
            null,
            new Score(0.4, Presence.UNDETERMINED, "Undetermined: something."),
            new ImageReference(sopInstanceUid, 1, List.of())));
  }
}
