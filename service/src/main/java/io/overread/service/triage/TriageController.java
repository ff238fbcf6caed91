package io.overread.service.triage;

import io.overread.gateway.rule.Parsed;
import io.overread.gateway.study.StudyLedger;
import io.overread.gateway.triage.Triage;
import io.overread.gateway.triage.TriageRuleBook;
import io.overread.gateway.triage.TriageRuleBook.Saved;
import io.overread.gateway.triage.TriageRules;
import io.overread.service.model.Models;
import io.overread.service.problem.Problem;
import io.overread.service.trail.Viewing;
import io.overread.vlm.finding.FindingCatalogue;
import io.overread.vlm.finding.FindingCatalogues;
import io.swagger.v3.oas.annotations.Operation;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The triage rules. */
@RestController
@RequestMapping("/api/triage")
class TriageController {
  private final TriageRuleBook book;
  private final Triage triage;
  private final StudyLedger ledger;
  private final Viewing viewing;
  private final TriageRuleBook.Names names;
  private final Set<String> catalogues =
      FindingCatalogues.shipped().all().stream()
          .map(FindingCatalogue::id)
          .collect(Collectors.toUnmodifiableSet());

  TriageController(
      TriageRuleBook book, Triage triage, StudyLedger ledger, Viewing viewing, Models models) {
    this.book = book;
    this.triage = triage;
    this.ledger = ledger;
    this.viewing = viewing;
    this.names = new TriageRuleBook.Names(catalogues, models.names());
  }

  @GetMapping("/rules")
  @Operation(summary = "The rules that hold, their versions, and the catalogues they may name")
  RulesView rules() {
    return view(book.current());
  }

  @PutMapping("/rules")
  @Operation(summary = "Puts other rules in the place of the version that the change names")
  RulesView change(@RequestBody RulesChange change, Authentication user) {
    return switch (book.change(
        change.version(),
        change.read(),
        "user:" + user.getName(),
        change.comment() == null ? "" : change.comment(),
        names)) {
      case Saved.Changed(TriageRules rules) -> view(rules);
      case Saved.Stale(int version) ->
          throw new Problem(
              HttpStatus.PRECONDITION_FAILED,
              "Somebody else changed the rules meanwhile; they are at version " + version + ".");
      case Saved.Invalid invalid -> throw new Problem(HttpStatus.BAD_REQUEST, words(invalid));
    };
  }

  @PostMapping("/try")
  @Operation(summary = "Tries a condition on a stored study: which clauses held on which values")
  TrialView tryOn(@RequestBody TrialRequest request, Authentication user) {
    String when = request.when() == null ? "" : request.when();
    String study = request.studyInstanceUid() == null ? "" : request.studyInstanceUid();
    return switch (Parsed.of(when)) {
      case Parsed.Invalid(int position, String message) -> TrialView.unreadable(position, message);
      case Parsed.Valid valid when study.isEmpty() -> TrialView.readable();
      case Parsed.Valid valid -> {
        if (ledger.find(study).isEmpty()) {
          throw Problem.notFound("There is no such study.");
        }
        // What an attribute of a patient is, is shown here too.
        viewing.record(user.getName(), study);
        yield TrialView.of(triage.tryOn(study, valid.expression()), ledger.series(study));
      }
    };
  }

  private RulesView view(TriageRules rules) {
    return RulesView.of(rules, book.changes(), names);
  }

  private static String words(Saved.Invalid invalid) {
    String where = invalid.rule() < 0 ? "" : "Rule " + (invalid.rule() + 1) + ": ";
    Integer position = invalid.position();
    return where
        + (position == null ? "" : "at character " + (position + 1) + ": ")
        + invalid.message()
        + ".";
  }

  /** What the console sends to try a condition; without a study it is only read. */
  record TrialRequest(@Nullable String when, @Nullable String studyInstanceUid) {}
}
