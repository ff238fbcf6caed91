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
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What servers do that are busy, broken or hostile. */
class RemoteFailuresTest {

  private static final Replay.Answer GOOD = Replay.recorded("openai-text.sse");

  private static void fails(Remote remote, Kind kind) {
    assertThatThrownBy(remote::answer)
        .asInstanceOf(type(RemoteEngineException.class))
        .extracting(RemoteEngineException::kind)
        .isEqualTo(kind);
  }

  @Test
  void a_busy_server_is_asked_again_after_the_time_that_it_states() throws IOException {
    try (Replay server = new Replay(Replay.status(429, "Retry-After", "7"), GOOD);
        Remote remote = Remote.of(Engine.OPENAI, server.url())) {
      assertThat(remote.answer().text()).isEqualTo("A nodule.");
      assertThat(remote.pauses).containsExactly(Duration.ofSeconds(7));
    }
  }

  @Test
  void a_server_that_wants_to_be_left_alone_for_long_is() throws IOException {
    try (Replay server = new Replay(Replay.status(429, "Retry-After", "600"), GOOD);
        Remote remote = Remote.of(Engine.OPENAI, server.url())) {
      assertThatThrownBy(remote::answer)
          .asInstanceOf(type(RemoteEngineException.class))
          .matches(RemoteEngineException::retryable)
          .extracting(e -> e.retryAfter().orElseThrow())
          .isEqualTo(Duration.ofMinutes(10));
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void a_server_that_can_not_work_now_is_tried_three_times_and_another_replica_first()
      throws IOException {
    try (Replay broken = new Replay(Replay.status(503));
        Replay working = new Replay(GOOD);
        Remote both = Remote.of(Engine.OPENAI, broken.url(), working.url());
        Remote one = Remote.of(Engine.OPENAI, broken.url())) {
      assertThat(both.answer().text()).isEqualTo("A nodule.");
      assertThat(broken.requests()).hasSize(1);
      fails(one, Kind.UNAVAILABLE);
      assertThat(broken.requests()).hasSize(4);
    }
  }

  @Test
  void what_can_not_get_better_is_not_sent_again() throws IOException {
    try (Replay server =
            new Replay(
                Replay.status(500), Replay.status(400), Replay.status(302, "Location", "/"));
        Remote remote = Remote.of(Engine.OPENAI, server.url())) {
      fails(remote, Kind.FAILED);
      fails(remote, Kind.REFUSED);
      fails(remote, Kind.REFUSED);
      assertThat(server.requests()).hasSize(3);
    }
  }

  @Test
  void half_an_answer_is_none_and_is_not_asked_for_again() throws IOException {
    byte[] whole = Replay.read("openai-text.sse");
    byte[] half =
        new String(whole, java.nio.charset.StandardCharsets.UTF_8)
            .split("data: \\{[^\n]*finish_reason\":\"stop\"")[0].getBytes(
                java.nio.charset.StandardCharsets.UTF_8);
    Replay.Answer broken =
        exchange -> {
          exchange.sendResponseHeaders(200, whole.length);
          exchange.getResponseBody().write(half);
          exchange.getResponseBody().flush();
        };
    try (Replay server = new Replay(Replay.body(half), broken, GOOD);
        Remote remote = Remote.of(Engine.OPENAI, server.url())) {
      StringBuilder heard = new StringBuilder();
      assertThatThrownBy(() -> remote.answer(heard::append, new Cancellation()))
          .hasMessageContaining("in the middle");
      assertThat(heard).hasToString("A nodule.");
      fails(remote, Kind.UNAVAILABLE);
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void a_connection_that_breaks_before_the_first_word_is_tried_again() throws IOException {
    Replay.Answer broken =
        exchange -> {
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write(Replay.utf8(": wait\n"));
          exchange.getResponseBody().flush();
        };
    try (Replay server = new Replay(broken, GOOD);
        Remote remote = Remote.of(Engine.OPENAI, server.url())) {
      assertThat(remote.answer().text()).isEqualTo("A nodule.");
      assertThat(remote.pauses).hasSize(1);
    }
  }

  @Test
  void garbage_impossible_probabilities_and_too_much_are_no_answers() throws IOException {
    byte[] impossible =
        Replay.utf8(
            "data: {\"choices\":[{\"delta\":{\"content\":\"A\"},\"logprobs\":"
                + "{\"content\":[{\"token\":\"A\",\"logprob\":3.5}]}}]}\n\n");
    byte[] deep = Replay.utf8("data: " + "{\"a\":".repeat(500) + "1\n\n");
    Replay.Answer endless =
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream out = exchange.getResponseBody()) {
            byte[] more = Replay.utf8("x".repeat(4096));
            for (int i = 0; i < 1_000; i++) {
              out.write(more);
            }
          } catch (IOException e) {
            // It hung up, as it should.
          }
        };
    try (Replay server =
            new Replay(
                Replay.body(Replay.utf8("data: <html>\n\n")),
                Replay.body(impossible),
                Replay.body(deep),
                endless);
        Remote remote =
            Remote.of(Engine.OPENAI, new Limits(null, 65_536L, null, null), server.url())) {
      fails(remote, Kind.MALFORMED);
      fails(remote, Kind.MALFORMED);
      fails(remote, Kind.MALFORMED);
      assertThatThrownBy(remote::answer).hasMessageContaining("more than 65536 bytes");
    }
  }

  @Test
  void a_server_that_stands_still_is_left() throws Exception {
    CountDownLatch left = new CountDownLatch(1);
    Replay.Answer still = stillStanding(left);
    Limits limits = new Limits(new Seconds(null, 20.0, 0.2, null), null, null, null);
    try (Replay server = new Replay(still);
        Remote remote = Remote.of(Engine.OPENAI, limits, server.url())) {
      fails(remote, Kind.SLOW);
      assertThat(left.await(30, TimeUnit.SECONDS)).as("the connection was closed").isTrue();
    }
  }

  @Test
  void a_cancellation_closes_the_connection_and_keeps_what_came() throws Exception {
    CountDownLatch left = new CountDownLatch(1);
    Cancellation cancellation = new Cancellation();
    TokenListener listener = piece -> cancellation.cancel();
    try (Replay server = new Replay(stillStanding(left));
        Remote remote = Remote.of(Engine.OPENAI, server.url())) {
      Answer answer = remote.answer(listener, cancellation);
      assertThat(answer.finishReason()).isEqualTo(FinishReason.CANCELLED);
      assertThat(answer.text()).isEqualTo("A");
      assertThat(left.await(30, TimeUnit.SECONDS)).as("the connection was closed").isTrue();
    }
  }

  /** Says one word, and then nothing but what a heartbeat of nothing would show it to be left. */
  private static Replay.Answer stillStanding(CountDownLatch left) {
    return exchange -> {
      exchange.sendResponseHeaders(200, 0);
      OutputStream out = exchange.getResponseBody();
      out.write(Replay.utf8("data: {\"choices\":[{\"delta\":{\"content\":\"A\"}}]}\n\n"));
      out.flush();
      try {
        // Long enough for the client to leave; only then writing shows that it did.
        for (int i = 0; i < 100 && left.getCount() > 0; i++) {
          Thread.sleep(i == 0 ? 600 : 100);
          out.write(Replay.utf8(":\n"));
          out.flush();
        }
      } catch (IOException e) {
        left.countDown();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  @Test
  void a_replica_that_failed_five_times_is_left_alone_until_one_request_finds_it_well()
      throws IOException {
    try (Replay server =
            new Replay(
                Replay.status(500),
                Replay.status(500),
                Replay.status(500),
                Replay.status(500),
                Replay.status(500),
                GOOD);
        Remote remote = Remote.of(Engine.OPENAI, server.url())) {
      for (int i = 0; i < CircuitBreaker.MOST_FAILURES; i++) {
        fails(remote, Kind.FAILED);
      }
      assertThatThrownBy(remote::answer).hasMessageContaining("no replica");
      assertThat(server.requests()).hasSize(5);
      assertThat(remote.model.health().getFirst().circuit()).isEqualTo("OPEN");
      remote.later(CircuitBreaker.REST);
      assertThat(remote.answer().text()).isEqualTo("A nodule.");
      assertThat(remote.model.health().getFirst())
          .isEqualTo(new ReplicaHealth(server.url().getAuthority(), true, "CLOSED"));
    }
  }

  @Test
  void the_budget_ends_the_sending_again_of_everything() {
    RetryBudget budget = new RetryBudget();
    for (int i = 0; i < 10; i++) {
      assertThat(budget.spend()).isTrue();
    }
    assertThat(budget.spend()).isFalse();
    for (int i = 0; i < 10; i++) {
      budget.earn();
    }
    assertThat(budget.spend()).isTrue();
    assertThat(budget.spend()).isFalse();
  }

  @Test
  void a_host_that_is_not_there_can_not_be_reached() {
    try (Remote remote = Remote.of(Engine.OPENAI, URI.create("http://127.0.0.1:1"))) {
      fails(remote, Kind.UNAVAILABLE);
      assertThat(remote.pauses).hasSize(2);
    }
  }
}
