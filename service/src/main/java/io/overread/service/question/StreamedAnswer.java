package io.overread.service.question;

import io.overread.vlm.Cancellation;
import java.io.IOException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponse;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** An answer on its way to a browser; when the browser leaves, the model stops. */
final class StreamedAnswer implements Asking.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(StreamedAnswer.class);

  private final SseEmitter emitter;
  private final Cancellation cancellation = new Cancellation();

  StreamedAnswer(SseEmitter emitter) {
    this.emitter = emitter;
    emitter.onError(e -> cancellation.cancel());
    emitter.onTimeout(cancellation::cancel);
    emitter.onCompletion(cancellation::cancel);
  }

  @Override
  public void token(String text) {
    send("token", new Token(text));
  }

  @Override
  public Cancellation cancellation() {
    return cancellation;
  }

  /** Runs the question and sends its end, good or bad. */
  void end(Supplier<QuestionView> question) {
    try {
      send("answer", question.get());
    } catch (RuntimeException e) {
      send("error", problem(e));
    } finally {
      emitter.complete();
    }
  }

  private static ProblemDetail problem(RuntimeException e) {
    if (e instanceof ErrorResponse expected) {
      return expected.getBody();
    }
    LOG.error("a question went wrong", e);
    return ProblemDetail.forStatusAndDetail(
        HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong here; the service's log has it.");
  }

  private void send(String name, Object data) {
    try {
      emitter.send(SseEmitter.event().name(name).data(data));
    } catch (IOException | IllegalStateException e) {
      cancellation.cancel();
    }
  }

  record Token(String text) {}
}
