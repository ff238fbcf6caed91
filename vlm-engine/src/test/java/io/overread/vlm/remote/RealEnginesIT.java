package io.overread.vlm.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.junit.jupiter.api.Assumptions.abort;

import io.overread.vlm.Answer;
import io.overread.vlm.AnswerScore;
import io.overread.vlm.Cancellation;
import io.overread.vlm.TokenListener;
import io.overread.vlm.decoding.Constraint;
import io.overread.vlm.decoding.Decoding;
import io.overread.vlm.decoding.FinishReason;
import io.overread.vlm.failure.RemoteEngineException;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Against servers as sites run them, where a setting names a Python environment that has them; what
 * it takes is in the module's README. Their packages are too large for every build.
 */
class RealEnginesIT {

  private static final Path FIXTURES = Path.of("src", "test", "fixtures").toAbsolutePath();

  @TempDir Path folder;

  private static String python(String variable) {
    String environment = System.getenv(variable);
    if (environment == null) {
      abort(variable + " names no Python environment with the server");
    }
    return Path.of(environment, "bin", "python").toString();
  }

  private Process start(Path log, String... command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("HF_HUB_OFFLINE", "1");
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    return builder.redirectOutput(new File(log.toString())).start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void await(Process server, Path log, Callable<Boolean> ready) throws Exception {
    Instant end = Instant.now().plusSeconds(300);
    while (!ready.call()) {
      if (!server.isAlive() || Instant.now().isAfter(end)) {
        throw new AssertionError(Files.readString(log));
      }
      Thread.sleep(500);
    }
  }

  private static void stop(Process server) throws InterruptedException {
    server.descendants().forEach(ProcessHandle::destroy);
    server.destroy();
    if (!server.waitFor(30, TimeUnit.SECONDS)) {
      server.destroyForcibly();
    }
  }

  /** Neither of them knows of schemas: what they write all the same is not taken. */
  private static void doesNotKeepTo(Constraint constraint, Remote remote) {
    try (RemoteStudy study = remote.model.encode(List.of(Remote.IMAGE))) {
      Decoding within = Decoding.greedy(6).within(constraint);
      List<String> heard = new ArrayList<>();
      assertThatThrownBy(
              () -> remote.model.answer(study, "Where?", within, heard::add, new Cancellation()))
          .asInstanceOf(type(RemoteEngineException.class))
          .extracting(RemoteEngineException::kind)
          .isEqualTo(RemoteEngineException.Kind.UNCONSTRAINED);
      assertThat(heard).isEmpty();
    }
  }

  @Test
  void transformers_serve_streams_and_gives_choices_without_probabilities() throws Exception {
    String python = python("OVERREAD_TRANSFORMERS_VENV");
    Path log = folder.resolve("serve.log");
    Process made = start(log, python, FIXTURES.resolve("tiny_llava.py").toString(), "tiny");
    assertThat(made.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(made.exitValue()).as(Files.readString(log)).isZero();
    int port = freePort();
    Process server =
        start(
            log,
            python,
            "-c",
            "from transformers.cli.transformers import main; main()",
            "serve",
            "tiny",
            "--host",
            "127.0.0.1",
            "--port",
            Integer.toString(port),
            "--device",
            "cpu");
    try (Remote remote = Remote.of(Engine.OPENAI, URI.create("http://127.0.0.1:" + port + "/v1"))) {
      // Its /v1/models fails where there is no cache of a hub, so its log has to tell.
      await(server, log, () -> Files.readString(log).contains("startup complete"));
      List<String> pieces = new ArrayList<>();
      Answer answer = remote.answer(pieces::add, new Cancellation());
      assertThat(answer.finishReason()).isIn(FinishReason.LENGTH, FinishReason.STOP);
      assertThat(String.join("", pieces)).isEqualTo(answer.text());
      assertThat(answer.tokenLogProbabilities()).isEmpty();
      try (RemoteStudy study = remote.model.encode(List.of(Remote.IMAGE))) {
        List<AnswerScore> scores = remote.model.score(study, List.of("Is it?", "Is it not?"));
        assertThat(scores).hasSize(2).allMatch(score -> !score.hasProbabilities());
        Cancellation cancellation = new Cancellation();
        Answer cancelled =
            remote.model.answer(
                study,
                "Describe it.",
                Decoding.greedy(1_000),
                piece -> cancellation.cancel(),
                cancellation);
        assertThat(cancelled.finishReason()).isEqualTo(FinishReason.CANCELLED);
      }
      doesNotKeepTo(new Constraint.Choices(List.of("left", "right")), remote);
    } finally {
      stop(server);
    }
  }

  @Test
  void triton_answers_by_tensors() throws Exception {
    String python = python("OVERREAD_TRITON_VENV");
    Path log = folder.resolve("triton.log");
    int port = freePort();
    Process server =
        start(log, python, FIXTURES.resolve("tiny_triton.py").toString(), Integer.toString(port));
    try (Remote remote = Remote.of(Engine.KSERVE, URI.create("http://127.0.0.1:" + port))) {
      await(server, log, () -> remote.model.health().getFirst().healthy());
      assertThat(remote.answer(TokenListener.NONE, new Cancellation()).text())
          .isEqualTo("saw 1 image(s), asked: Is there a nodule?");
      try (RemoteStudy study = remote.model.encode(List.of(Remote.IMAGE))) {
        assertThat(remote.model.score(study, List.of("Is it?")).getFirst().choice())
            .isEqualTo(AnswerScore.Choice.NEITHER);
      }
      doesNotKeepTo(new Constraint.DecimalNumber(3, 1), remote);
    } finally {
      stop(server);
    }
  }
}
