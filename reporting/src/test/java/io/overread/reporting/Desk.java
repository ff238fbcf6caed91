package io.overread.reporting;

import io.overread.audit.AuditEntry;
import io.overread.audit.AuditLog;
import io.overread.audit.AuditTrail;
import io.overread.db.TestDatabase;
import io.overread.reporting.conversation.Conversation;
import io.overread.reporting.draft.DraftReport;
import io.overread.reporting.draft.DraftResult;
import io.overread.reporting.finding.AnalysisLedger;
import io.overread.reporting.finding.AnalysisPlan;
import io.overread.reporting.finding.ConceptCode;
import io.overread.reporting.finding.ContrastiveReader;
import io.overread.reporting.finding.ContrastiveScore;
import io.overread.reporting.finding.Doubt;
import io.overread.reporting.finding.DraftMark;
import io.overread.reporting.finding.ModelIdentity;
import io.overread.reporting.finding.Readers;
import io.overread.reporting.finding.RecordedFinding;
import io.overread.reporting.finding.StudyRevision;
import io.overread.reporting.review.Report;
import io.overread.reporting.review.Reports;
import io.overread.reporting.review.ReviewDesk;
import io.overread.reporting.review.Reviewer;
import io.overread.reporting.text.PlainText;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * All of reporting on a database of its own, connected as the service, with studies to report on.
 */
public final class Desk implements AutoCloseable {
  public static final Reviewer GRAY = new Reviewer("gray", "Dr. Laura Gray", Set.of("radiologist"));
  public static final String PASSWORD = "correct horse";
  public static final String MEANING = "I have read the images and this report";
  public static final ModelIdentity CONTRASTIVE =
      new ModelIdentity("medsiglip", "2", "cd".repeat(32));
  public static final ModelIdentity MODEL = new ModelIdentity("cxr", "1.2.0", "ab".repeat(32));

  public final TestDatabase database = TestDatabase.create();
  public final SteppingClock clock = new SteppingClock();
  public final JdbcClient jdbc = JdbcClient.create(database.serviceDataSource());
  public final TransactionTemplate transactions =
      new TransactionTemplate(new JdbcTransactionManager(database.serviceDataSource()));
  public final AuditTrail audit = new AuditTrail(database.serviceDataSource(), clock);
  public final AnalysisLedger analyses = new AnalysisLedger(jdbc, transactions, audit, clock);
  public final DraftReport drafts =
      new DraftReport(jdbc, transactions, analyses, audit, clock, this::followed);
  public final Conversation conversation = new Conversation(jdbc, transactions, audit, clock);
  public final Reports reports = new Reports(jdbc);
  public final ReviewDesk reviews =
      new ReviewDesk(
          jdbc,
          transactions,
          audit,
          clock,
          (username, password) -> username.equals("gray") && PASSWORD.contentEquals(password),
          this::followed);

  /** Which versions something followed on: status and version. */
  public final List<String> followed = new ArrayList<>();

  /** The next time something follows, it fails. */
  public boolean nothingCanFollow;

  private void followed(Report report) {
    if (nothingCanFollow) {
      throw new IllegalStateException("what follows can't be made due");
    }
    followed.add(report.standing().status() + " " + report.standing().version());
  }

  /** A completed study of one chest image, as the gateway leaves it. */
  public StudyRevision study(String uid, String patientId, String accessionNumber) {
    jdbc.sql(
            """
            insert into study (study_instance_uid, state, revision, patient_id,
              issuer_of_patient_id, patient_name, patient_birth_date, patient_sex,
              accession_number, study_id, study_date, study_time, study_description,
              referring_physician_name, first_instance_at, revision_started_at, last_instance_at,
              completed_at)
            values (:uid, 'COMPLETE', 1, :patient, 'HOSPITAL', 'Müller^Anna^Maria^Dr.^', '19610203',
              'F', :accession, 'S1', '20260105', '101500', 'Chest PA', 'Referrer^Rita',
              :now, :now, :now, :now)
            """)
        .param("uid", uid)
        .param("patient", patientId)
        .param("accession", accessionNumber)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
    jdbc.sql(
            """
            insert into series (study_instance_uid, series_instance_uid, modality,
              body_part_examined, series_number, series_description)
            values (:uid, :series, 'DX', 'CHEST', 1, 'PA')
            """)
        .param("uid", uid)
        .param("series", uid + ".1")
        .update();
    jdbc.sql(
            """
            insert into instance (sop_instance_uid, study_instance_uid, series_instance_uid,
              sop_class_uid, transfer_syntax_uid, instance_number, rows, columns, data_set_digest,
              file_digest, size_bytes, stored_path, study_revision, calling_ae_title, received_at)
            values (:sop, :uid, :series, '1.2.840.10008.5.1.4.1.1.1.1', '1.2.840.10008.1.2.1', 1,
              224, 224, :digest, :digest, 1000, :path, 1, 'MODALITY', :now)
            """)
        .param("sop", uid + ".1.1")
        .param("uid", uid)
        .param("series", uid + ".1")
        .param("digest", digest(uid))
        .param("path", "store/%s/%s.dcm".formatted(digest(uid).substring(0, 2), digest(uid)))
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
    return new StudyRevision(uid, 1);
  }

  /** The study is completed once more. */
  public StudyRevision completedAgain(StudyRevision study) {
    jdbc.sql("update study set revision = revision + 1 where study_instance_uid = :uid")
        .param("uid", study.studyInstanceUid())
        .update();
    return new StudyRevision(study.studyInstanceUid(), study.revision() + 1);
  }

  /** The model reads and drafts. */
  public Report draft(StudyRevision study) {
    var analysis = analyses.due(study);
    analyses.begin(analysis.id(), plan(study));
    var result =
        drafts.write(analysis.id(), findings(study), "The heart is enlarged.\nNo effusion.");
    return ((DraftResult.Drafted) result).report();
  }

  /** The model reads and drafts, and guards object to a sentence and a finding. */
  public Report markedDraft(StudyRevision study) {
    var analysis = analyses.due(study);
    analyses.begin(analysis.id(), plan(study));
    var doubt = new Doubt("change-without-prior", "It speaks of a change.");
    var result =
        drafts.write(
            analysis.id(),
            List.of(doubted(findings(study).get(2))),
            "The heart is enlarged. The effusion has increased. No pneumothorax.",
            List.of(new DraftMark("The effusion has increased.", doubt)));
    return ((DraftResult.Drafted) result).report();
  }

  /** A contrastive model scores beside it: the first finding together, the second uncalibrated. */
  public Report draftWithContrastive(StudyRevision study) {
    var analysis = analyses.due(study);
    var plan = plan(study);
    analyses.begin(
        analysis.id(),
        new AnalysisPlan(
            new Readers(MODEL, new ContrastiveReader(CONTRASTIVE, 0.5)),
            plan.catalogueId(),
            plan.reportCode(),
            plan.seed(),
            plan.inputDigests(),
            plan.prompt()));
    var findings = findings(study);
    var result =
        drafts.write(
            analysis.id(),
            List.of(
                scored(findings.get(0), new ContrastiveScore(0.87, 1.5, 0.94, true)),
                scored(findings.get(1), new ContrastiveScore(0.04, -3.25, null, false))),
            "The heart is enlarged.",
            List.of());
    return ((DraftResult.Drafted) result).report();
  }

  private static RecordedFinding scored(RecordedFinding finding, ContrastiveScore contrastive) {
    var score = finding.score();
    return new RecordedFinding(
        finding.id(),
        finding.ordinal(),
        finding.question(),
        new RecordedFinding.Score(
            score.probability(), score.present(), score.sentence(), null, contrastive),
        finding.codes(),
        finding.image());
  }

  private static RecordedFinding doubted(RecordedFinding finding) {
    return new RecordedFinding(
        finding.id(),
        finding.ordinal(),
        finding.question(),
        new RecordedFinding.Score(
            0.9,
            null,
            "Undetermined: nodule.",
            new Doubt("image-independent", "It does not depend on the image."),
            null),
        finding.codes(),
        finding.image());
  }

  /** What a reading of this study is made with. */
  public static AnalysisPlan plan(StudyRevision study) {
    return new AnalysisPlan(
        new Readers(MODEL, null),
        "chest-radiograph",
        new ConceptCode("http://loinc.org", "30745-4", "XR Chest Views"),
        42,
        List.of(digest(study.studyInstanceUid())),
        "Describe the chest radiograph.");
  }

  /** A finding that is present, one that is absent and one that is undetermined. */
  public static List<RecordedFinding> findings(StudyRevision study) {
    return List.of(
        finding(study, 0, "cardiomegaly", 0.91, true),
        finding(study, 1, "effusion", 0.04, false),
        finding(study, 2, "nodule", 0.5, null));
  }

  private static RecordedFinding finding(
      StudyRevision study, int ordinal, String id, double probability, @Nullable Boolean present) {
    var codes =
        switch (id) {
          case "cardiomegaly" ->
              List.of(new ConceptCode("http://snomed.info/sct", "8186001", "Cardiomegaly"));
          case "effusion" ->
              List.of(
                  new ConceptCode("http://snomed.info/sct", "60046008", "Pleural effusion"),
                  new ConceptCode("http://radlex.org", "RID34539", "pleural effusion"));
          default -> List.<ConceptCode>of();
        };
    return new RecordedFinding(
        UUID.randomUUID(),
        ordinal,
        new RecordedFinding.Question(id, id, "Is there " + id + "?"),
        new RecordedFinding.Score(probability, present, "About " + id + "."),
        new RecordedFinding.Codes(
            codes,
            List.of(new ConceptCode("http://snomed.info/sct", "51185008", "Thoracic structure"))),
        new RecordedFinding.Image(study.studyInstanceUid() + ".1.1", 1));
  }

  /** The audit entries about a study, oldest first. */
  public List<AuditEntry> audited(String studyInstanceUid) {
    return new AuditLog(database.serviceDataSource()).ofStudy(studyInstanceUid);
  }

  private static String digest(String uid) {
    return PlainText.digest(uid);
  }

  @Override
  public void close() {
    database.close();
  }

  /** A clock that a test moves; it never stands still between two readings. */
  public static final class SteppingClock extends Clock {
    private Instant now = Instant.parse("2026-01-05T10:20:00Z");

    @Override
    public synchronized Instant instant() {
      now = now.plusSeconds(1);
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
