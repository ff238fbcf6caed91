package io.overread.vlm.remote;

import io.overread.vlm.Cancellation;
import io.overread.vlm.failure.RemoteEngineException;
import io.overread.vlm.failure.RemoteEngineException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Sends one request and reads its answer, within the limits. It follows no redirection and uses no
 * proxy: both would be hosts that nobody accepted.
 */
final class Transport implements AutoCloseable {

  private static final int LONGEST_WAIT_SECONDS = 3600;
  private static final Duration REST = Duration.ofSeconds(1);
  private static final int LONGEST_REST = 65_536;

  private final HttpClient client;
  private final RemoteSettings.Limits limits;

  Transport(RemoteSettings.Limits limits) {
    this.limits = limits;
    this.client =
        HttpClient.newBuilder()
            // One connection a request, so that closing it ends the work on the other side.
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(limits.waits().toConnect())
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();
  }

  /** Reads the body of an answer with status 200. */
  @FunctionalInterface
  interface Reading {
    void read(AnswerBody body) throws IOException;
  }

  /** How an exchange ended that did not fail. */
  enum End {
    READ,
    CANCELLED
  }

  /**
   * Sends a request and reads the answer on this thread.
   *
   * @throws RemoteEngineException for everything else than an answer and a cancellation
   */
  End exchange(
      HttpRequest request,
      RemoteSettings.Seconds seconds,
      Cancellation cancellation,
      Reading reading) {
    String host = request.uri().getAuthority();
    CompletableFuture<HttpResponse<InputStream>> response =
        client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
    try (Watch watch = Watch.start(seconds, cancellation, () -> response.cancel(true))) {
      try (InputStream body = answered(response).body()) {
        watch.stopBy(() -> closeQuietly(body));
        HttpResponse<InputStream> head = response.join();
        if (head.statusCode() != 200) {
          throw refusal(host, head);
        }
        reading.read(new AnswerBody(body, limits.bytes(), watch::progress));
        if (watch.ended() == Watch.Ended.CANCELLED) {
          return End.CANCELLED;
        }
        finish(body, watch);
        return End.READ;
      } catch (JacksonException e) {
        // A number that none can hold. Without its message, which quotes what came.
        throw new RemoteEngineException(
            Kind.MALFORMED, host + " sent JSON that can't be read", null);
      } catch (IOException | CancellationException e) {
        if (watch.ended() == Watch.Ended.CANCELLED) {
          return End.CANCELLED;
        }
        throw failure(host, watch.ended(), e);
      }
    }
  }

  /**
   * The answer is there. A connection that is read to its end is used again; one that does not end
   * soon, or says more, is closed.
   */
  private static void finish(InputStream body, Watch watch) {
    watch.endWithin(REST);
    try {
      body.readNBytes(LONGEST_REST);
    } catch (IOException e) {
      // It is closed all the same.
    }
  }

  private static HttpResponse<InputStream> answered(
      CompletableFuture<HttpResponse<InputStream>> response) throws IOException {
    try {
      return response.get();
    } catch (ExecutionException e) {
      throw new NotConnectedException(e.getCause());
    } catch (InterruptedException e) {
      response.cancel(true);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** No answer began. */
  private static final class NotConnectedException extends IOException {
    private static final long serialVersionUID = 1L;

    NotConnectedException(@Nullable Throwable cause) {
      super(cause);
    }
  }

  private static RemoteEngineException failure(
      String host, Watch.@Nullable Ended ended, Exception e) {
    if (ended == Watch.Ended.SLOW) {
      return new RemoteEngineException(Kind.SLOW, host + " took too long to answer", e);
    }
    return switch (e) {
      case MalformedAnswerException malformed ->
          new RemoteEngineException(
              malformed.refused() ? Kind.REFUSED : Kind.MALFORMED,
              host + " " + malformed.getMessage(),
              malformed);
      case NotConnectedException unreachable ->
          new RemoteEngineException(Kind.UNAVAILABLE, host + " can't be reached", unreachable);
      default ->
          new RemoteEngineException(
              Kind.UNAVAILABLE, host + " closed the connection within its answer", e);
    };
  }

  private static RemoteEngineException refusal(String host, HttpResponse<InputStream> head) {
    int status = head.statusCode();
    Kind kind =
        switch (status) {
          case 429 -> Kind.BUSY;
          case 502, 503, 504 -> Kind.UNAVAILABLE;
          default -> status >= 500 ? Kind.FAILED : Kind.REFUSED;
        };
    return new RemoteEngineException(
        kind, host + " answers with status " + status, retryAfter(head), null);
  }

  /** In seconds (RFC 9110 10.2.3); its other form, a date, is not worth a second clock. */
  private static @Nullable Duration retryAfter(HttpResponse<InputStream> head) {
    return head.headers()
        .firstValue("Retry-After")
        .filter(value -> value.matches("\\d{1,9}"))
        .map(value -> Duration.ofSeconds(Math.min(Integer.parseInt(value), LONGEST_WAIT_SECONDS)))
        .orElse(null);
  }

  private static void closeQuietly(InputStream body) {
    try {
      body.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
