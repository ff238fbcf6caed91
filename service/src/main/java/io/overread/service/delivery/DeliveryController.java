package io.overread.service.delivery;

import io.overread.gateway.delivery.Deliveries;
import io.overread.gateway.delivery.Delivery;
import io.overread.service.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What was sent of a study's reports, to whom, and what became of it. */
@RestController
@RequestMapping("/api/studies/{studyInstanceUid}/deliveries")
class DeliveryController {
  private final Deliveries deliveries;

  DeliveryController(Deliveries deliveries) {
    this.deliveries = deliveries;
  }

  @GetMapping
  @Operation(summary = "Every delivery of the study's reports, the newest version first")
  List<DeliveryView> ofStudy(@PathVariable String studyInstanceUid) {
    return deliveries.ofStudy(studyInstanceUid).stream().map(DeliveryView::of).toList();
  }

  @PostMapping("/{id}/resend")
  @Operation(summary = "Sends an object again, whatever became of it")
  DeliveryView resend(
      @PathVariable String studyInstanceUid, @PathVariable UUID id, Authentication user) {
    return deliveries
        .resend(studyInstanceUid, id, "user:" + user.getName())
        .map(DeliveryView::of)
        .orElseThrow(() -> Problem.notFound("The study has no such delivery."));
  }

  /** A delivery; {@code nextStepAt} is null where nothing more is done. */
  record DeliveryView(
      UUID id,
      UUID reportId,
      int reportVersion,
      String event,
      String kind,
      String sopInstanceUid,
      String destination,
      String state,
      int tries,
      @Nullable String status,
      @Nullable String reason,
      @Nullable Instant nextStepAt,
      Instant updatedAt) {
    static DeliveryView of(Delivery delivery) {
      Delivery.SentObject object = delivery.object();
      Delivery.Progress progress = delivery.progress();
      return new DeliveryView(
          delivery.id(),
          object.reportId(),
          object.reportVersion(),
          object.event().name(),
          object.kind().name(),
          object.sopInstanceUid(),
          delivery.destination(),
          progress.state().name(),
          progress.tries(),
          progress.status(),
          progress.reason(),
          progress.nextStepAt(),
          progress.updatedAt());
    }
  }
}
