package io.overread.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The packaged jar as a process of its own, as an administrator runs it. */
final class RunningService implements AutoCloseable {
  static final String PASSWORD = "a long enough password";
  private static final Path JAR = Path.of("target", "overread.jar").toAbsolutePath();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Path home;
  private final int httpPort;
  private final int dicomPort;
  private final int quietSeconds;
  private final Map<String, String> furtherSettings;
  private Process process;

  private RunningService(Path home, int quietSeconds, Map<String, String> furtherSettings)
      throws IOException {
    this.home = home;
    this.quietSeconds = quietSeconds;
    this.furtherSettings = Map.copyOf(furtherSettings);
    this.httpPort = freePort();
    this.dicomPort = freePort();
    this.process = launch();
  }

  /** Starts the service on its data folder and waits until it is ready. */
  static RunningService start(Path home, int quietSeconds) throws IOException {
    return start(home, quietSeconds, Map.of());
  }

  /** The same with further settings of the environment. */
  static RunningService start(Path home, int quietSeconds, Map<String, String> furtherSettings)
      throws IOException {
    RunningService service = new RunningService(home, quietSeconds, furtherSettings);
    service.awaitReady();
    return service;
  }

  int dicomPort() {
    return dicomPort;
  }

  String address() {
    return "http://127.0.0.1:" + httpPort;
  }

  /** The end of a process that gets no chance to clean up. */
  void killOutright() throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }

  void startAgain() throws IOException {
    process = launch();
    awaitReady();
  }

  private Process launch() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command("serve"));
    environment(builder.environment());
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("service.log").toFile()))
        .start();
  }

  private void awaitReady() {
    await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(250))
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new AssertionError("the service ended:\n" + log());
              }
              return healthy();
            });
  }

  private boolean healthy() throws InterruptedException {
    try {
      return send(request("/actuator/health", null).GET()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  String log() throws IOException {
    return Files.readString(home.resolve("service.log"));
  }

  /** Runs another command of the jar on the same data folder. */
  Ended run(String... words) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command(words));
    environment(builder.environment());
    Process ran = builder.redirectErrorStream(true).start();
    String output = new String(ran.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(ran.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return new Ended(ran.exitValue(), output);
  }

  private static List<String> command(String... words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-jar", JAR.toString()));
    command.addAll(List.of(words));
    return command;
  }

  private void environment(Map<String, String> environment) {
    environment.put("OVERREAD_HOME", home.toString());
    environment.put("OVERREAD_HTTP_PORT", Integer.toString(httpPort));
    environment.put("OVERREAD_DICOM_PORT", Integer.toString(dicomPort));
    environment.put("OVERREAD_ADMIN_PASSWORD", PASSWORD);
    environment.put("OVERREAD_STUDY_QUIET_SECONDS", Integer.toString(quietSeconds));
    environment.putAll(furtherSettings);
  }

  /** A request as {@code admin}. */
  HttpRequest.Builder as(String path) {
    return request(path, "admin:" + PASSWORD);
  }

  HttpRequest.Builder request(String path, @Nullable String credentials) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address() + path)).timeout(Duration.ofSeconds(60));
    if (credentials != null) {
      request.header(
          "Authorization",
          "Basic "
              + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
    }
    return request;
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** The JSON at a path, read as {@code admin}. */
  JsonNode json(String path) throws IOException, InterruptedException {
    HttpResponse<String> response = send(as(path).GET());
    assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  /** The bytes at a path, read as {@code admin}. */
  byte[] bytes(String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        http.send(as(path).GET().build(), HttpResponse.BodyHandlers.ofByteArray());
    assertThat(response.statusCode()).as(path).isEqualTo(200);
    return response.body();
  }

  /** Sends JSON as {@code admin}. */
  HttpResponse<String> send(String method, String path, String body, @Nullable String ifMatch)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        as(path)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (ifMatch != null) {
      request.header("If-Match", ifMatch);
    }
    return send(request);
  }

  /** Waits for the draft of a study's revision and returns its report. */
  JsonNode awaitReport(String study, int revision) {
    String path = "/api/studies/" + study + "/report";
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(300))
        .until(
            () -> {
              HttpResponse<String> response = send(as(path).GET());
              return response.statusCode() == 200
                  && JSON.readTree(response.body()).path("studyRevision").asInt() == revision;
            });
    try {
      return json(path);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits until a study is complete and returns its row of the worklist. */
  JsonNode awaitComplete(String study) {
    return await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(300))
        .until(
            () -> json("/api/studies?query=" + study).path(0),
            row -> row.path("state").asString("").equals("COMPLETE"));
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(40, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * A command that ran.
   *
   * @param output of both streams
   */
  record Ended(int status, String output) {}
}
