package io.overread.vlm.remote;

import io.overread.vlm.AnswerScore;
import io.overread.vlm.Cancellation;
import io.overread.vlm.TokenListener;
import io.overread.vlm.decoding.Decoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Scores yes/no questions: by the probabilities of the first token where the engine gives them,
 * else by asking for a choice, which has no probability.
 */
final class RemoteScoring {

  private static final int ALTERNATIVES = 20;
  private static final int LONGEST_CHOICE = 16;

  private final RemoteSettings settings;
  private final Requests requests;

  /** False as soon as an engine gave none that was asked for some. */
  private volatile boolean scored;

  RemoteScoring(RemoteSettings settings, Requests requests) {
    this.settings = settings;
    this.requests = requests;
    this.scored = settings.asking().wantsLogProbabilities();
  }

  /** In the order of the questions; the first failure ends all. */
  List<AnswerScore> score(
      List<String> images, List<String> questions, List<String> texts, AtomicInteger sent) {
    Cancellation others = new Cancellation();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<AnswerScore>> asked = new ArrayList<>();
      for (int i = 0; i < questions.size(); i++) {
        String question = questions.get(i);
        String text = texts.get(i);
        asked.add(
            threads.submit(
                () -> {
                  try {
                    return score(images, question, text, others, sent);
                  } catch (RuntimeException e) {
                    others.cancel();
                    throw e;
                  }
                }));
      }
      return results(asked, others);
    }
  }

  private static List<AnswerScore> results(List<Future<AnswerScore>> asked, Cancellation others) {
    RuntimeException first = null;
    List<AnswerScore> scores = new ArrayList<>();
    for (Future<AnswerScore> each : asked) {
      try {
        scores.add(each.get());
      } catch (ExecutionException e) {
        if (first == null && e.getCause() instanceof RuntimeException cause) {
          first = cause;
        } else if (first == null) {
          throw new IllegalStateException(e.getCause());
        }
      } catch (InterruptedException e) {
        others.cancel();
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while a remote engine was asked", e);
      }
    }
    if (first != null) {
      throw first;
    }
    return scores;
  }

  private AnswerScore score(
      List<String> images, String question, String text, Cancellation others, AtomicInteger sent) {
    if (scored) {
      Prompt.Form form = Prompt.Form.free(true, ALTERNATIVES);
      Reply reply = ask(images, text + "\nAnswer with yes or no only.", 1, form, others, sent);
      if (reply.first().isEmpty()) {
        scored &= reply.text().isEmpty(); // of no word there is no probability to give
      } else {
        Optional<AnswerScore> score =
            YesNo.of(question, reply.first(), settings.asking().refusal());
        if (score.isPresent()) {
          return score.get();
        }
      }
    }
    // Not binding: an engine that keeps to no schema still says yes or no.
    Prompt.Form form = new Prompt.Form(false, 0, YesNo.FORM, false);
    String ordered = ClosingSentence.behind(text, YesNo.FORM);
    Reply reply = ask(images, ordered, LONGEST_CHOICE, form, others, sent);
    return AnswerScore.withoutProbabilities(question, YesNo.choice(reply.text()));
  }

  private Reply ask(
      List<String> images,
      String text,
      int tokens,
      Prompt.Form form,
      Cancellation others,
      AtomicInteger sent) {
    Prompt prompt =
        new Prompt(
            settings.target().model(),
            settings.asking().allInstructions(),
            images,
            text,
            Decoding.greedy(tokens),
            form);
    return requests.send(prompt, TokenListener.NONE, others, sent);
  }
}
