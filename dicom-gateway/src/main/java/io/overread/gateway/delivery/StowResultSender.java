package io.overread.gateway.delivery;

import io.overread.gateway.delivery.Delivery.SentObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sends by STOW-RS (PS3.18 10.5) and asks by QIDO-RS (PS3.18 10.6). */
final class StowResultSender implements ResultSender {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final String JSON = "application/dicom+json";

  /** An answer about one object is short; whatever is longer is not read. */
  private static final int LONGEST_ANSWER = 256 * 1024;

  private final HttpClient client;
  private final URI base;
  private final @Nullable String authorization;

  StowResultSender(HttpClient client, URI base, @Nullable String authorization) {
    this.client = client;
    this.base = base;
    this.authorization = authorization;
  }

  private record Response(int status, String body) {}

  @Override
  public Sending send(SentObject object, Path file) {
    String boundary = "overread-" + UUID.randomUUID();
    try {
      HttpRequest request =
          request("/studies/" + object.studyInstanceUid())
              .header(
                  "Content-Type",
                  "multipart/related; type=\"application/dicom\"; boundary=" + boundary)
              .POST(
                  BodyPublishers.concat(
                      BodyPublishers.ofString(
                          "--" + boundary + "\r\nContent-Type: application/dicom\r\n\r\n"),
                      BodyPublishers.ofFile(file),
                      BodyPublishers.ofString("\r\n--" + boundary + "--\r\n")))
              .build();
      Response answer = ask(request);
      return StowAnswer.of(answer.status, answer.body);
    } catch (IOException e) {
      return new Sending.FailedForNow(Answer.of(null, "STOW-RS: " + words(e)));
    }
  }

  @Override
  public Proof prove(SentObject object) {
    try {
      HttpRequest request =
          request(
                  "/studies/"
                      + object.studyInstanceUid()
                      + "/series/"
                      + object.seriesInstanceUid()
                      + "/instances?SOPInstanceUID="
                      + object.sopInstanceUid())
              .GET()
              .build();
      Response answer = ask(request);
      return switch (answer.status) {
        case 200 ->
            StowAnswer.names(answer.body, object.sopInstanceUid())
                ? new Proof.Held("found by QIDO-RS")
                : notHeld();
        case 204, 404 -> notHeld();
        default -> new Proof.Unknown("QIDO-RS: HTTP " + answer.status);
      };
    } catch (IOException e) {
      return new Proof.Unknown("QIDO-RS: " + words(e));
    }
  }

  private static Proof notHeld() {
    return new Proof.NotHeld("the service took it, but QIDO-RS does not find it");
  }

  private HttpRequest.Builder request(String resource) {
    String address = base.toString();
    String root = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(root + resource)).timeout(TIMEOUT).header("Accept", JSON);
    return authorization == null ? request : request.header("Authorization", authorization);
  }

  private Response ask(HttpRequest request) throws IOException {
    try {
      HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        byte[] bytes = body.readNBytes(LONGEST_ANSWER);
        return new Response(response.statusCode(), new String(bytes, StandardCharsets.UTF_8));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static String words(IOException e) {
    String message = e.getMessage();
    return StatusWords.line(message == null ? e.getClass().getSimpleName() : message);
  }
}
