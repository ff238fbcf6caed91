package io.overread.vlm.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overread.vlm.failure.ModelFormatException;
import io.overread.vlm.onnx.ExecutionProvider;
import io.overread.vlm.tiny.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatedLimitsTest {

  @TempDir Path folder;

  @BeforeEach
  void copy() {
    TinyModel.PLAIN.copyTo(folder);
  }

  @Test
  void what_is_fitted_is_written_beside_the_rest_and_makes_it_another_model() {
    ModelIdentity before = read().identity();
    AnswerCalibration answers = new AnswerCalibration(1, 2, 3, 4, 0.5);
    LimitsFile.write(folder, answers, 0.25, 0.75, null);
    ModelFolder after = read();
    assertThat(after.manifest().limits())
        .isEqualTo(new StatedLimits(Scope.UNSTATED, true, answers, 0.25, 0.75, null));
    assertThat(after.identity().digest()).isNotEqualTo(before.digest());
    assertThat(after.identity().name()).isEqualTo(before.name());
    LimitsFile.write(folder, null, null, null, 0.5);
    assertThat(read().manifest().limits())
        .isEqualTo(new StatedLimits(Scope.UNSTATED, true, answers, 0.25, 0.75, 0.5));
  }

  @Test
  void a_threshold_that_is_no_probability_is_refused() throws IOException {
    LimitsFile.write(folder, new AnswerCalibration(1, 2, 3, 4, 0.5), null, null, null);
    Path file = folder.resolve(ModelManifest.FILE);
    Files.writeString(
        file, Files.readString(file).replaceAll("\"threshold\"\\s*:\\s*0.5", "\"threshold\": 7"));
    assertThatThrownBy(this::read)
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("threshold");
  }

  private ModelFolder read() {
    return ModelFolder.read(folder, ExecutionProvider.CPU);
  }
}
