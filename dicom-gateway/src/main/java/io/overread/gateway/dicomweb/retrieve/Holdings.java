package io.overread.gateway.dicomweb.retrieve;

import io.overread.audit.AuditAct;
import io.overread.audit.AuditAction;
import io.overread.audit.AuditTrail;
import io.overread.audit.Outcome;
import io.overread.dicom.data.DicomFile;
import io.overread.dicom.data.DicomFormatException;
import io.overread.dicom.data.ReadLimits;
import io.overread.dicom.dictionary.Tag;
import io.overread.gateway.dicomweb.DicomwebProblem;
import io.overread.gateway.dicomweb.WebRequest;
import io.overread.gateway.instance.StoredInstance;
import io.overread.gateway.instance.StoredInstances;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.transaction.support.TransactionTemplate;

/** Finds the instances that a request is about, and records that they were given out. */
public final class Holdings {

  /** As the store reads what arrives; so whatever is stored can be read again. */
  private static final ReadLimits LIMITS = new ReadLimits(32, 1_000_000, 4096, 64L << 20, 8L << 30);

  private static final int AFTER_PIXEL_DATA = Tag.PixelData + 1;

  private final StoredInstances instances;
  private final AuditTrail auditTrail;
  private final TransactionTemplate transaction;

  /** What is stored, and the audit trail. */
  public Holdings(
      StoredInstances instances, AuditTrail auditTrail, TransactionTemplate transaction) {
    this.instances = instances;
    this.auditTrail = auditTrail;
    this.transaction = transaction;
  }

  /**
   * The instances of a target, at least one.
   *
   * @throws DicomwebProblem 404 if there are none, 410 if their files are gone
   */
  List<StoredInstance> of(Target target) {
    String series = target.series();
    String instance = target.instance();
    List<StoredInstance> found =
        instance == null
            ? instances.ofStudy(target.study())
            : instances.find(instance).stream()
                .filter(one -> one.studyInstanceUid().equals(target.study()))
                .toList();
    List<StoredInstance> within =
        series == null
            ? found
            : found.stream().filter(one -> one.seriesInstanceUid().equals(series)).toList();
    if (within.isEmpty()) {
      throw DicomwebProblem.notFound("There is no such " + target.kind() + ".");
    }
    if (within.stream().noneMatch(StoredInstance::isHere)) {
      throw DicomwebProblem.gone(
          within.stream()
              .flatMap(one -> Stream.ofNullable(one.file().deletedAt()))
              .max(Instant::compareTo)
              .map(StoredInstance::deletedWords)
              .orElse("The files of this " + target.kind() + " are no longer here."));
    }
    return within;
  }

  /** Says that what follows is not all of a target (PS3.18 Table 10.4.3-1), where it isn't. */
  static void answerPartly(HttpServletResponse response, List<StoredInstance> instances) {
    if (!instances.stream().allMatch(StoredInstance::isHere)) {
      response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
    }
  }

  /** The only instance of a target that names one. */
  StoredInstance one(Target target) {
    return of(target).getFirst();
  }

  /**
   * Records that someone is given something, before it is given.
   *
   * @param form what of the instances, such as {@code metadata}
   */
  void given(WebRequest request, Target target, String form, int count) {
    transaction.executeWithoutResult(
        status ->
            auditTrail.append(
                new AuditAct(
                    AuditAction.INSTANCES_RETRIEVED,
                    Outcome.SUCCESS,
                    "user:" + request.user(),
                    target.study(),
                    target.uid(),
                    Map.of(
                        "form", form,
                        "instances", Integer.toString(count),
                        "remoteAddress", request.remoteAddress()))));
  }

  /** The elements of a file; long values stay in it. */
  static DicomFile open(StoredInstance instance) throws IOException {
    try {
      return DicomFile.openBefore(instance.path(), AFTER_PIXEL_DATA, LIMITS);
    } catch (DicomFormatException damaged) {
      throw new IOException("a stored file is no longer what it was", damaged);
    }
  }

  /** The same, with values of up to so many bytes in memory; empty if they are too many. */
  static Optional<DicomFile> openWithValues(StoredInstance instance, int bytes) throws IOException {
    ReadLimits wide =
        new ReadLimits(LIMITS.depth(), LIMITS.elements(), bytes, 4L * bytes, LIMITS.inflated());
    try {
      return Optional.of(DicomFile.openBefore(instance.path(), AFTER_PIXEL_DATA, wide));
    } catch (DicomFormatException tooMuch) {
      return Optional.empty();
    }
  }
}
