package io.overread.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.service.synthetic.SyntheticChest;
import io.overread.service.synthetic.SyntheticStudy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A draft of the service is run again, beside it and without it. */
class DraftReplayIT {
  @TempDir Path folder;

  @Test
  void a_stored_draft_is_the_same_again_until_its_model_or_its_image_changes() throws Exception {
    Path home = Files.createDirectory(folder.resolve("home"));
    SyntheticStudy study = new SyntheticChest(Clock.systemUTC()).write(folder).getFirst();
    try (RunningService service = RunningService.start(home, 1)) {
      assertThat(service.run("send", study.file().toString()).status()).isZero();
      String report = service.awaitReport(study.studyInstanceUid(), 1).path("id").asString();

      RunningService.Ended same = service.run("replay", report);
      assertThat(same.output()).contains("the same to the last token: 1 frames, 15 findings and");
      assertThat(same.status()).isZero();

      RunningService.Ended otherModel =
          service.run("replay", report, "--model", otherModel(home).toString());
      assertThat(otherModel.output())
          .contains("- the model differs: recorded overread-mini")
          .contains("- finding pneumonia: probability recorded ")
          .doesNotContain("bytes of its file");
      assertThat(otherModel.status()).isOne();

      assertThat(service.run("replay", UUID.randomUUID().toString()).status()).isEqualTo(2);

      service.close();
      changeImage(home);
      RunningService.Ended otherImage = service.run("replay", study.studyInstanceUid());
      assertThat(otherImage.output())
          .contains("the bytes of its file differ")
          .contains("is rendered otherwise")
          .contains("probability recorded ")
          .doesNotContain("the model differs");
      assertThat(otherImage.status()).isOne();
    }
  }

  /** The model of the draft with another calibration, which is another model. */
  private Path otherModel(Path home) throws IOException {
    Path other = Files.createDirectory(folder.resolve("other-model"));
    Path model = only(home.resolve("model"), "");
    try (Stream<Path> files = Files.walk(model)) {
      for (Path file : files.toList()) {
        Files.copy(
            file,
            other.resolve(model.relativize(file).toString()),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Path manifest = other.resolve("overread.json");
    Files.writeString(
        manifest, Files.readString(manifest).replaceAll("\"bias\": ?-?[0-9.]+", "\"bias\": 0.125"));
    return other;
  }

  /** Its lower half becomes black. */
  private static void changeImage(Path home) throws IOException {
    Path image = only(home.resolve("store"), ".dcm");
    byte[] bytes = Files.readAllBytes(image);
    Arrays.fill(bytes, bytes.length / 2, bytes.length, (byte) 0);
    Files.write(image, bytes);
  }

  private static Path only(Path folder, String ending) throws IOException {
    try (Stream<Path> paths = ending.isEmpty() ? Files.list(folder) : Files.walk(folder)) {
      List<Path> found = paths.filter(path -> path.toString().endsWith(ending)).toList();
      assertThat(found).hasSize(1);
      return found.getFirst();
    }
  }
}
