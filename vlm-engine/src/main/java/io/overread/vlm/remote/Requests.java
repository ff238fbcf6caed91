package io.overread.vlm.remote;

import io.overread.vlm.Cancellation;
import io.overread.vlm.TokenListener;
import io.overread.vlm.decoding.FinishReason;
import io.overread.vlm.failure.RemoteEngineException;
import io.overread.vlm.failure.RemoteEngineException.Kind;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Puts a prompt to a replica, and to another one if that can't answer and the retry budget allows:
 * never once text has come, since it would come twice.
 */
final class Requests implements AutoCloseable {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** Whoever asks waits for the slowest. */
  private static final RemoteSettings.Seconds HEALTH =
      new RemoteSettings.Seconds(null, 5.0, 5.0, 10.0);

  private final RemoteSettings settings;
  private final ApiKey key;
  private final Replicas replicas;
  private final Pause pause;
  private final Transport transport;
  private final RetryBudget budget = new RetryBudget();
  private final Places places;

  /** Waits; tests don't. */
  @FunctionalInterface
  interface Pause {
    /** Waits so long, or until it is called off. */
    void of(Duration duration, Cancellation cancellation) throws InterruptedException;
  }

  Requests(RemoteSettings settings, ApiKey key, Replicas replicas, Pause pause) {
    this.settings = settings;
    this.key = key;
    this.replicas = replicas;
    this.pause = pause;
    this.transport = new Transport(settings.limits());
    this.places = new Places(settings.limits().atOnce());
  }

  /**
   * The reply; one that was called off has what came until then.
   *
   * @param sent counts the requests
   * @throws RemoteEngineException if none came
   */
  Reply send(Prompt prompt, TokenListener listener, Cancellation cancellation, AtomicInteger sent) {
    try {
      if (!places.take(cancellation)) {
        return new Reply(listener, prompt.form().bound());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RemoteEngineException(Kind.UNAVAILABLE, "interrupted", e);
    }
    try {
      return inTurn(prompt, listener, cancellation, sent);
    } finally {
      places.giveBack();
    }
  }

  private Reply inTurn(
      Prompt prompt, TokenListener listener, Cancellation cancellation, AtomicInteger sent) {
    Set<Replica> tried = new HashSet<>();
    Prompt asked = prompt;
    boolean askedAgain = false;
    for (int attempt = 1; ; attempt++) {
      Reply reply = new Reply(listener, prompt.form().bound());
      if (cancellation.requested()) {
        return reply;
      }
      Replica replica =
          replicas
              .next(tried)
              .orElseThrow(
                  () ->
                      new RemoteEngineException(
                          Kind.UNAVAILABLE,
                          "no replica of " + settings.name() + " is asked for the moment",
                          null));
      try {
        tried.add(replica);
        sent.incrementAndGet();
        once(replica, asked, reply, cancellation);
        return reply;
      } catch (RemoteEngineException e) {
        boolean unfit = e.kind() == Kind.UNCONSTRAINED;
        if (!e.retryableAtOnce()
            || reply.heard()
            || attempt >= settings.limits().tries()
            || (unfit && askedAgain)
            || !budget.spend()) {
          throw e;
        }
        if (unfit) {
          asked = prompt.again(attempt); // the same seed would give the same answer
          askedAgain = true;
        } else {
          rest(attempt, e, cancellation);
        }
      }
    }
  }

  private void once(Replica replica, Prompt prompt, Reply reply, Cancellation cancellation) {
    Protocol protocol = settings.target().engine().protocol();
    HttpRequest.Builder request = protocol.request(replica.base(), prompt);
    key.value().ifPresent(value -> protocol.authorise(request, value));
    replica.underWay().incrementAndGet();
    try {
      Transport.End end =
          transport.exchange(
              request.build(),
              settings.limits().waits(),
              cancellation,
              body -> protocol.read(body, reply));
      if (end == Transport.End.CANCELLED) {
        reply.end(FinishReason.CANCELLED);
        replica.breaker().undecided();
        return;
      }
      if (!reply.ended()) {
        throw new RemoteEngineException(
            Kind.MALFORMED, replica.host() + " ended its answer in the middle", null);
      }
      replica.breaker().succeeded();
      if (!reply.complete()) {
        throw new RemoteEngineException(
            Kind.UNCONSTRAINED, replica.host() + " answers outside of the constraint", null);
      }
      budget.earn();
    } catch (RemoteEngineException e) {
      switch (e.kind()) {
        // A request that it refuses, or is too busy for, says nothing against it.
        case REFUSED, BUSY, UNCONSTRAINED -> replica.breaker().succeeded();
        default -> replica.breaker().failed();
      }
      throw e;
    } catch (RuntimeException e) {
      replica.breaker().undecided(); // whoever listens failed, not the replica
      throw e;
    } finally {
      replica.underWay().decrementAndGet();
    }
  }

  private void rest(int attempt, RemoteEngineException e, Cancellation cancellation) {
    Duration asked = e.retryAfter().orElse(Duration.ZERO);
    if (asked.compareTo(LONGEST_PAUSE) > 0) {
      throw e; // whoever waits is told; a durable task comes again later
    }
    // Doubled each time, and never the same for two that wait.
    long backoff = FIRST_PAUSE.toMillis() << Math.min(attempt - 1, 5);
    long jittered = backoff / 2 + ThreadLocalRandom.current().nextLong(backoff / 2 + 1);
    try {
      pause.of(Duration.ofMillis(Math.max(asked.toMillis(), jittered)), cancellation);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw e;
    }
  }

  /** Asks every replica whether it is well, all at once; sends no image. */
  List<ReplicaHealth> health() {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return replicas.all().stream()
          .map(replica -> threads.submit(() -> health(replica)))
          .toList()
          .stream()
          .map(Requests::told)
          .toList();
    }
  }

  private static ReplicaHealth told(Future<ReplicaHealth> asked) {
    try {
      return asked.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while replicas were asked for their health", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private ReplicaHealth health(Replica replica) {
    Protocol protocol = settings.target().engine().protocol();
    HttpRequest.Builder request = protocol.health(replica.base(), settings.target().model());
    key.value().ifPresent(value -> protocol.authorise(request, value));
    boolean healthy;
    try {
      transport.exchange(request.build(), HEALTH, new Cancellation(), body -> {});
      healthy = true;
    } catch (RemoteEngineException e) {
      healthy = false;
    }
    return new ReplicaHealth(replica.host(), healthy, replica.breaker().state().name());
  }

  @Override
  public void close() {
    transport.close();
  }
}
