package io.overread.service.question;

import io.overread.reporting.conversation.Conversation;
import io.overread.service.region.AnswerRegions;
import io.overread.service.region.AnswerRegions.AnswerBox;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Questions about a study: asked, answered at once or word by word, and kept. */
@RestController
@RequestMapping("/api/studies/{studyInstanceUid}/questions")
class QuestionController {
  private final Asking asking;
  private final Conversation conversation;
  private final AnswerRegions regions;
  private final QuestionTurns turns;

  QuestionController(
      Asking asking, Conversation conversation, AnswerRegions regions, QuestionTurns turns) {
    this.asking = asking;
    this.conversation = conversation;
    this.regions = regions;
    this.turns = turns;
  }

  @GetMapping
  @Operation(summary = "The questions asked about this study, oldest first")
  List<QuestionView> questions(@PathVariable String studyInstanceUid) {
    Map<UUID, List<AnswerBox>> boxes = regions.ofStudy(studyInstanceUid);
    return conversation.ofStudy(studyInstanceUid).stream()
        .map(each -> QuestionView.of(each, boxes.getOrDefault(each.id(), List.of())))
        .toList();
  }

  @PostMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "Asks the model; Accept: text/event-stream gets the answer word by word")
  QuestionView ask(
      @PathVariable String studyInstanceUid,
      @RequestBody @Valid Question body,
      Authentication user) {
    turns.requireRoom();
    return asking.ask(studyInstanceUid, user.getName(), body.question, new Asking.Listener() {});
  }

  @PostMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @Operation(summary = "Asks the model; events token, then answer or error")
  SseEmitter stream(
      @PathVariable String studyInstanceUid,
      @RequestBody @Valid Question body,
      Authentication user) {
    turns.requireRoom();
    SseEmitter emitter = new SseEmitter(0L);
    StreamedAnswer streamed = new StreamedAnswer(emitter);
    Thread.ofVirtual()
        .name("question")
        .start(
            () ->
                streamed.end(
                    () -> asking.ask(studyInstanceUid, user.getName(), body.question, streamed)));
    return emitter;
  }

  record Question(@NotBlank @Size(max = 1_000) String question) {}
}
