package io.overread.service.worklist;

import io.overread.gateway.priors.PriorStudy;
import io.overread.gateway.priors.Priors;
import io.overread.gateway.study.StudyLedger;
import io.overread.service.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The earlier studies of a study's patient. */
@RestController
@RequestMapping("/api/studies/{studyInstanceUid}/priors")
class PriorController {
  private final StudyLedger ledger;
  private final Priors priors;

  PriorController(StudyLedger ledger, Priors priors) {
    this.ledger = ledger;
    this.priors = priors;
  }

  /**
   * What is known of a study's priors.
   *
   * @param prior whether the study is one itself, fetched for another, and so never drafted
   * @param studies those that are held, the latest first
   */
  record PriorsView(boolean prior, List<PriorStudy> studies) {}

  @GetMapping
  @Operation(summary = "The earlier studies of the patient that are held, the latest first")
  PriorsView priors(@PathVariable String studyInstanceUid) {
    if (ledger.find(studyInstanceUid).isEmpty()) {
      throw Problem.notFound("There is no such study.");
    }
    return new PriorsView(priors.isPrior(studyInstanceUid), priors.of(studyInstanceUid));
  }
}
