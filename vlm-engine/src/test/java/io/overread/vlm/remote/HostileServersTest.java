package io.overread.vlm.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.overread.vlm.Answer;
import io.overread.vlm.Cancellation;
import io.overread.vlm.TokenListener;
import io.overread.vlm.decoding.FinishReason;
import io.overread.vlm.failure.RemoteEngineException;
import io.overread.vlm.failure.RemoteEngineException.Kind;
import io.overread.vlm.remote.RemoteSettings.Limits;
import io.overread.vlm.remote.RemoteSettings.Seconds;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a server could do on purpose. */
@Timeout(60)
class HostileServersTest {

  private static final Limits ONE_AT_ONCE = new Limits(null, null, 1, 1);

  private static void fails(Remote remote, Kind kind) {
    assertThatThrownBy(remote::answer)
        .asInstanceOf(type(RemoteEngineException.class))
        .extracting(RemoteEngineException::kind)
        .isEqualTo(kind);
  }

  private static String event(String delta, String more) {
    return "data: {\"choices\":[{\"delta\":{\"content\":\"" + delta + "\"}" + more + "}]}\n\n";
  }

  /** One piece again and again, until the client leaves. */
  private static Replay.Answer dripping(String first, String piece, CountDownLatch left) {
    return exchange -> {
      exchange.sendResponseHeaders(200, 0);
      OutputStream out = exchange.getResponseBody();
      out.write(Replay.utf8(first));
      try {
        while (left.getCount() > 0) {
          out.write(Replay.utf8(piece));
          out.flush();
          Thread.sleep(20);
        }
      } catch (IOException e) {
        left.countDown();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  @Test
  void drops_of_an_answer_that_never_ends_are_waited_for_only_so_long() throws Exception {
    for (String drop : List.of(":\n", " ", event("x", ""))) {
      CountDownLatch left = new CountDownLatch(1);
      Limits limits = new Limits(new Seconds(null, 20.0, 20.0, 0.5), null, null, null);
      try (Replay server = new Replay(dripping("", drop, left));
          Remote remote = Remote.of(Engine.OPENAI, limits, server.url())) {
        fails(remote, Kind.SLOW);
        assertThat(left.await(30, TimeUnit.SECONDS)).as("the connection was closed").isTrue();
      }
    }
  }

  @Test
  void an_answer_that_has_ended_is_there_though_its_connection_never_ends() throws Exception {
    CountDownLatch left = new CountDownLatch(1);
    String whole = event("A nodule.", ",\"finish_reason\":\"stop\"");
    try (Replay server = new Replay(dripping(whole, event("More.", ""), left));
        Remote remote = Remote.of(Engine.OPENAI, server.url())) {
      assertThat(remote.answer().text()).isEqualTo("A nodule.");
      assertThat(left.await(30, TimeUnit.SECONDS)).as("the connection was closed").isTrue();
    }
  }

  @Test
  void control_characters_and_marks_that_turn_text_around_do_not_come_through() throws IOException {
    String text = "A\\u0000\\u001b[2J \\u202Eeludon\\u2066 \\ud83e\\udec1 \\ud800.\\n\\tB";
    String whole = event(text, ",\"finish_reason\":\"stop\"");
    try (Replay server = new Replay(Replay.body(Replay.utf8(whole)));
        Remote remote = Remote.of(Engine.OPENAI, server.url())) {
      assertThat(remote.answer().text())
          .isEqualTo("A\uFFFD\uFFFD[2J \uFFFDeludon\uFFFD \uD83E\uDEC1 \uFFFD.\n\tB");
    }
  }

  @Test
  void bytes_that_are_no_utf_8_are_no_answer() throws IOException {
    byte[] broken = Replay.utf8(event("caf?", ",\"finish_reason\":\"stop\""));
    broken[new String(broken, java.nio.charset.StandardCharsets.US_ASCII).indexOf('?')] =
        (byte) 0xe9;
    try (Replay server = new Replay(Replay.body(broken));
        Remote remote = Remote.of(Engine.OPENAI, server.url())) {
      assertThatThrownBy(remote::answer).hasMessageContaining("no UTF-8");
    }
  }

  @Test
  void log_probabilities_that_are_no_numbers_or_none_that_fit_are_no_answer() throws IOException {
    String digits = "9".repeat(900);
    for (String value :
        List.of("NaN", "\"NaN\"", "null", "1e400", "-1e400", digits, "-" + digits, "{}", "[]")) {
      String more =
          ",\"logprobs\":{\"content\":[{\"token\":\"A\",\"logprob\":"
              + value
              + "}]},\"finish_reason\":\"stop\"";
      try (Replay server = new Replay(Replay.body(Replay.utf8(event("A", more))));
          Remote remote = Remote.of(Engine.OPENAI, server.url())) {
        fails(remote, Kind.MALFORMED);
      }
    }
  }

  @Test
  void other_types_than_the_protocols_are_no_answer() throws IOException {
    for (String body :
        List.of(
            "data: {\"choices\":{\"0\":1}}\n\n",
            "data: {\"choices\":[{\"delta\":{\"content\":{\"a\":1}},\"finish_reason\":[]}]}\n\n",
            "data: []\n\n",
            "data: {\"choices\":[]} {}\n\n",
            "{\"choices\":[{\"message\":{\"content\":\"not streamed\"}}]}\n")) {
      try (Replay server = new Replay(Replay.body(Replay.utf8(body)));
          Remote openAi = Remote.of(Engine.OPENAI, server.url());
          Remote ollama = Remote.of(Engine.OLLAMA, server.url());
          Remote gemini = Remote.of(Engine.GEMINI, server.url());
          Remote kserve = Remote.of(Engine.KSERVE, server.url())) {
        fails(openAi, Kind.MALFORMED);
        fails(ollama, Kind.MALFORMED);
        fails(gemini, Kind.MALFORMED);
        fails(kserve, Kind.MALFORMED);
      }
    }
  }

  @Test
  void a_storm_of_429_is_not_answered_by_a_storm() throws IOException {
    try (Replay server = new Replay(Replay.status(429));
        Remote remote = Remote.of(Engine.OPENAI, server.url())) {
      for (int i = 0; i < 20; i++) {
        fails(remote, Kind.BUSY);
      }
      assertThat(server.requests()).as("twenty, and ten sent again").hasSize(30);
      assertThat(remote.pauses).hasSize(10);
    }
  }

  @Test
  void a_listener_that_fails_does_not_leave_the_replica_alone_for_ever() throws IOException {
    Replay.Answer good = Replay.recorded("openai-text.sse");
    TokenListener failing =
        piece -> {
          throw new IllegalStateException("whoever listens is gone");
        };
    try (Replay server =
            new Replay(
                Replay.status(500),
                Replay.status(500),
                Replay.status(500),
                Replay.status(500),
                Replay.status(500),
                good);
        Remote remote = Remote.of(Engine.OPENAI, server.url())) {
      for (int i = 0; i < CircuitBreaker.MOST_FAILURES; i++) {
        fails(remote, Kind.FAILED);
      }
      remote.later(CircuitBreaker.REST);
      assertThatThrownBy(() -> remote.answer(failing, new Cancellation()))
          .hasMessageContaining("is gone");
      assertThat(remote.answer().text()).isEqualTo("A nodule.");
    }
  }

  @Test
  void whoever_waits_for_a_place_can_be_called_off() throws Exception {
    CountDownLatch left = new CountDownLatch(1);
    try (Replay server = new Replay(dripping("", ":\n", left));
        Remote remote = Remote.of(Engine.OPENAI, ONE_AT_ONCE, server.url())) {
      Cancellation first = new Cancellation();
      Cancellation second = new Cancellation();
      CompletableFuture<Answer> holding =
          CompletableFuture.supplyAsync(() -> remote.answer(TokenListener.NONE, first));
      while (server.requests().isEmpty()) {
        Thread.sleep(5);
      }
      CompletableFuture<Answer> waiting =
          CompletableFuture.supplyAsync(
              () -> {
                Answer answer = remote.answer(TokenListener.NONE, second);
                assertThat(Thread.interrupted()).as("left as it was").isFalse();
                return answer;
              });
      second.cancel();
      assertThat(waiting.get(30, TimeUnit.SECONDS).finishReason())
          .isEqualTo(FinishReason.CANCELLED);
      assertThat(holding).isNotDone();
      first.cancel();
      assertThat(holding.get(30, TimeUnit.SECONDS).finishReason())
          .isEqualTo(FinishReason.CANCELLED);
      assertThat(server.requests()).hasSize(1);
    }
  }
}
