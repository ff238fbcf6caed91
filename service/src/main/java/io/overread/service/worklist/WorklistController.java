package io.overread.service.worklist;

import io.overread.gateway.instance.StoredInstances;
import io.overread.gateway.study.StudyLedger;
import io.overread.gateway.study.StudyQuery;
import io.overread.service.journey.ReadInputs;
import io.overread.service.problem.Problem;
import io.overread.service.trail.Viewing;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The worklist and the content of a study. */
@RestController
@RequestMapping("/api/studies")
class WorklistController {
  private final Worklist worklist;
  private final StudyEvents events;
  private final StudyLedger ledger;
  private final StoredInstances instances;
  private final Viewing viewing;
  private final ReadInputs inputs;

  WorklistController(
      Worklist worklist,
      StudyEvents events,
      StudyLedger ledger,
      StoredInstances instances,
      Viewing viewing,
      ReadInputs inputs) {
    this.worklist = worklist;
    this.events = events;
    this.ledger = ledger;
    this.instances = instances;
    this.viewing = viewing;
    this.inputs = inputs;
  }

  @GetMapping
  @Operation(summary = "A page of the worklist, the study that changed last first")
  List<StudyRow> page(
      @RequestParam(required = false) @Nullable String query,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(defaultValue = "100") int limit) {
    return worklist.page(StudyQuery.of(query, after, limit));
  }

  @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @Operation(summary = "Server-sent events: the row of each study that changes")
  SseEmitter events() {
    return events.subscribe();
  }

  @GetMapping("/{studyInstanceUid}")
  @Operation(summary = "A study with its series and instances")
  StudyContent study(@PathVariable String studyInstanceUid, Authentication user) {
    StudyRow row =
        worklist
            .row(studyInstanceUid)
            .orElseThrow(() -> Problem.notFound("There is no such study."));
    viewing.record(user.getName(), studyInstanceUid);
    return StudyContent.of(
        row,
        ledger.series(studyInstanceUid),
        instances.ofStudy(studyInstanceUid),
        inputs.latest(studyInstanceUid));
  }
}
