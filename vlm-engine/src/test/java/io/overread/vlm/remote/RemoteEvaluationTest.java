package io.overread.vlm.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.vlm.evaluate.Evaluation;
import io.overread.vlm.evaluate.EvaluationReport;
import io.overread.vlm.evaluate.EvaluationSettings;
import io.overread.vlm.evaluate.EvaluationSettings.Split;
import io.overread.vlm.evaluate.Progress;
import io.overread.vlm.evaluate.RunSettings;
import io.overread.vlm.tiny.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The evaluation of a model elsewhere that says nothing of probabilities. */
class RemoteEvaluationTest {

  @TempDir Path data;

  @Test
  void its_words_are_measured_and_rows_that_need_probabilities_are_left_out() throws IOException {
    Files.createDirectories(data.resolve("images"));
    ImageIO.write(TinyModel.picture(), "png", data.resolve("images/a.png").toFile());
    Files.writeString(
        data.resolve("records.jsonl"),
        """
        {"id":"a","image":"images/a.png","source":"vqa-rad","modality":"CT","body_part":"Abdomen",\
        "view":null,"split":"dev","group":"g","labels":[],"qa":[\
        {"question":"What is seen?","answer":"a nodule","type":"POS/OPEN"}]}
        """);
    Path predictions = data.resolve("predictions.jsonl");
    try (Replay server = new Replay(Replay.recorded("openai-text.sse"))) {
      RemoteSettings settings =
          Remote.settings(Engine.OPENAI, RemoteSettings.Limits.standard(), server.url());
      EvaluationReport report =
          Evaluation.run(
              new EvaluationSettings(
                  data, data, Path.of("target", "natives"), Split.DEV, Optional.empty()),
              new RunSettings(
                  (model, engine) -> RemoteModel.openForPublicImages(settings),
                  Optional.empty(),
                  Progress.lines(line -> {})));
      report.writePredictions(predictions);
    }
    JsonNode open =
        Files.readAllLines(predictions).stream()
            .map(JsonMapper.shared()::readTree)
            .filter(line -> line.path("question").asString().equals("What is seen?"))
            .findFirst()
            .orElseThrow();
    assertThat(open.path("answer").asString()).isEqualTo("A nodule.");
    assertThat(Files.readAllLines(predictions))
        .map(JsonMapper.shared()::readTree)
        .allMatch(line -> !line.hasNonNull("probability"));
  }
}
