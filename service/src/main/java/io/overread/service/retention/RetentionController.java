package io.overread.service.retention;

import io.overread.gateway.instance.StoredInstances;
import io.overread.gateway.retention.Hold;
import io.overread.gateway.retention.Holds;
import io.overread.gateway.study.StudyChanges;
import io.overread.gateway.study.StudyLedger;
import io.overread.service.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether a study's images are there, and whether they are held. */
@RestController
@RequestMapping("/api/studies/{studyInstanceUid}/retention")
class RetentionController {
  private final StudyLedger ledger;
  private final StoredInstances instances;
  private final Holds holds;
  private final StudyChanges changes;

  RetentionController(
      StudyLedger ledger, StoredInstances instances, Holds holds, StudyChanges changes) {
    this.ledger = ledger;
    this.instances = instances;
    this.holds = holds;
    this.changes = changes;
  }

  @GetMapping
  @Operation(summary = "When a study's images were deleted, if they were, and the hold on them")
  RetentionView ofStudy(@PathVariable String studyInstanceUid) {
    requireStudy(studyInstanceUid);
    return new RetentionView(
        instances.deletedAt(studyInstanceUid).orElse(null),
        holds.find(studyInstanceUid).orElse(null));
  }

  @PutMapping("/hold")
  @Operation(summary = "Holds a study's images, so that no policy deletes them, or releases them")
  RetentionView hold(
      @PathVariable String studyInstanceUid, @RequestBody HoldChange change, Authentication user) {
    requireStudy(studyInstanceUid);
    String reason = change.reason() == null ? "" : change.reason().strip();
    if (change.held() == null || reason.isEmpty() || reason.length() > Holds.LONGEST_REASON) {
      throw new Problem(
          HttpStatus.BAD_REQUEST,
          "It takes held, true or false, and a reason of 1 to "
              + Holds.LONGEST_REASON
              + " characters.");
    }
    String by = "user:" + user.getName();
    if (Boolean.TRUE.equals(change.held())) {
      holds.hold(studyInstanceUid, reason, by);
    } else {
      holds.release(studyInstanceUid, reason, by);
    }
    changes.publish(studyInstanceUid);
    return ofStudy(studyInstanceUid);
  }

  private void requireStudy(String studyInstanceUid) {
    if (ledger.find(studyInstanceUid).isEmpty()) {
      throw Problem.notFound("There is no such study.");
    }
  }

  /** What the console shows; both are null where the images are there and nobody holds them. */
  record RetentionView(@Nullable Instant imagesDeletedAt, @Nullable Hold hold) {}

  /** What an administrator sends. */
  record HoldChange(@Nullable Boolean held, @Nullable String reason) {}
}
