package io.overread.reporting.review;

import io.overread.audit.AuditAct;
import io.overread.audit.AuditTrail;
import io.overread.audit.Outcome;
import io.overread.reporting.review.ReviewResult.Decided;
import io.overread.reporting.review.ReviewResult.Forbidden;
import io.overread.reporting.review.ReviewResult.NotAllowed;
import io.overread.reporting.review.ReviewResult.NotFound;
import io.overread.reporting.review.ReviewResult.SignerNotVerified;
import io.overread.reporting.review.ReviewResult.Stale;
import io.overread.reporting.text.InvalidTextException;
import io.overread.reporting.text.PlainText;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The only way to a final report. Every decision names the version it was made on and is refused as
 * {@link Stale} when the report has moved on. A decision, the version it makes and its audit entry
 * are one transaction. Texts that can't be taken throw {@link InvalidTextException}.
 */
public final class ReviewDesk {
  private final Reports reports;
  private final ReviewTable reviews;
  private final TransactionOperations transactions;
  private final AuditTrail audit;
  private final Clock clock;
  private final SignerVerification verification;
  private final ReportFollowUp followUp;

  /** Over the tables of {@code jdbc}, whose data source is also that of {@code transactions}. */
  public ReviewDesk(
      JdbcClient jdbc,
      TransactionOperations transactions,
      AuditTrail audit,
      Clock clock,
      SignerVerification verification,
      ReportFollowUp followUp) {
    this.reports = new Reports(jdbc);
    this.reviews = new ReviewTable(jdbc);
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
    this.verification = verification;
    this.followUp = followUp;
  }

  /** Takes the text as it stands, to be signed next. */
  public ReviewResult accept(Reviewer by, UUID report, int version) {
    return decide(report, new Decision(ReviewAction.ACCEPT, by, version, null, null, null));
  }

  /** Changes the text, to be signed next. */
  public ReviewResult edit(Reviewer by, UUID report, int version, String text) {
    return decide(report, new Decision(ReviewAction.EDIT, by, version, text(text), null, null));
  }

  /** Refuses the draft; of a signed report that is being changed, gives the change up. */
  public ReviewResult reject(Reviewer by, UUID report, int version, String reason) {
    var why = remark("reason", reason);
    return decide(report, new Decision(ReviewAction.REJECT, by, version, null, why, null));
  }

  /** Opens a signed report for a change; what was signed stands until the change is signed. */
  public ReviewResult amend(Reviewer by, UUID report, int version, String text, String reason) {
    var why = remark("reason", reason);
    return decide(report, new Decision(ReviewAction.AMEND, by, version, text(text), why, null));
  }

  /**
   * Signs the text as it stands: the report becomes final, or amended when it was signed before.
   *
   * @param password checked again, then forgotten
   * @param meaning what the signature says
   */
  public ReviewResult sign(
      Reviewer by, UUID report, int version, CharSequence password, String meaning) {
    var decision =
        new Decision(ReviewAction.SIGN, by, version, null, null, remark("meaning", meaning));
    var found = reports.find(report);
    if (found.isEmpty()) {
      return new NotFound();
    }
    // First what is cheap and tells nothing about the password.
    var refused = refusal(found.get(), decision);
    if (refused.isPresent()) {
      return refused.get();
    }
    if (!verification.verify(by.username(), password)) {
      auditRefusal(found.get(), decision, "password");
      return new SignerNotVerified();
    }
    return decide(report, decision);
  }

  private ReviewResult decide(UUID id, Decision decision) {
    ReviewResult result =
        transactions.execute(
            status ->
                reports
                    .lock(id)
                    .map(
                        report ->
                            refusal(report, decision).orElseGet(() -> write(report, decision)))
                    .orElseGet(NotFound::new));
    return Objects.requireNonNull(result);
  }

  private Optional<ReviewResult> refusal(Report report, Decision decision) {
    if (!decision.by().mayDecide()) {
      auditRefusal(report, decision, "role");
      return Optional.of(new Forbidden(Reviewer.RADIOLOGIST));
    }
    var standing = report.standing();
    if (standing.version() != decision.version()) {
      return Optional.of(new Stale(standing.version()));
    }
    return ReviewLifeCycle.next(standing.state(), decision.action()).isEmpty()
        ? Optional.of(new NotAllowed(standing.state(), decision.action()))
        : Optional.empty();
  }

  private ReviewResult write(Report report, Decision decision) {
    var to = ReviewLifeCycle.next(report.standing().state(), decision.action()).orElseThrow();
    reviews.write(report, decision, to, clock.instant().truncatedTo(ChronoUnit.MICROS));
    var decided = reports.find(report.id()).orElseThrow();
    if (decision.action() == ReviewAction.SIGN) {
      followUp.follow(decided);
    }
    append(decided, decision);
    return new Decided(decided);
  }

  private void append(Report decided, Decision decision) {
    var detail = new LinkedHashMap<String, String>();
    detail.put("version", Integer.toString(decided.standing().version()));
    detail.put("status", decided.standing().status().code());
    detail.put("textDigest", PlainText.digest(decided.texts().current()));
    var reason = decision.reason();
    if (reason != null) {
      detail.put("reasonDigest", reason.digest());
    }
    var meaning = decision.meaning();
    if (meaning != null) {
      detail.put("signer", decision.by().displayName());
      detail.put("meaningDigest", meaning.digest());
    }
    audit.append(act(decided, decision, Outcome.SUCCESS, detail));
  }

  private void auditRefusal(Report report, Decision decision, String why) {
    var detail = Map.of("version", Integer.toString(decision.version()), "refusedFor", why);
    transactions.executeWithoutResult(
        status -> audit.append(act(report, decision, Outcome.REFUSED, detail)));
  }

  private static AuditAct act(
      Report report, Decision decision, Outcome outcome, Map<String, String> detail) {
    return new AuditAct(
        decision.audited(),
        outcome,
        decision.by().actor(),
        report.origin().study().studyInstanceUid(),
        "DiagnosticReport/" + report.id(),
        detail);
  }

  private static PlainText text(String text) {
    return PlainText.of("report", text, PlainText.LONGEST_TEXT);
  }

  private static PlainText remark(String what, String text) {
    return PlainText.of(what, text, PlainText.LONGEST_REMARK);
  }
}
