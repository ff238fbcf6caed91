package io.overread.service.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.service.TinyContrastive;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateTest {

  private final PrintStream standardOut = System.out;
  private final PrintStream standardError = System.err;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream error = new ByteArrayOutputStream();

  @TempDir Path folder;

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(error, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void listenNoMore() {
    System.setOut(standardOut);
    System.setErr(standardError);
  }

  @Test
  void the_table_alone_stands_on_standard_output_and_the_files_beside_it() throws IOException {
    Path data = data();
    assertThat(
            run(
                "--data",
                data.toString(),
                "--contrastive",
                TinyContrastive.SHIPPED.toString(),
                "--json",
                folder.resolve("new/figures.json").toString(),
                "--predictions",
                folder.resolve("predictions.jsonl").toString()))
        .isEqualTo(CommandLine.DONE);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith("overread-mini ")
        .contains("| modality | 2 |")
        .contains("kermany-cxr: mean AUROC over findings, contrastive")
        .doesNotContain("INFO");
    assertThat(error.toString(StandardCharsets.UTF_8)).contains(" images, ");
    assertThat(folder.resolve("new/figures.json")).isNotEmptyFile();
    assertThat(folder.resolve("new/figures-risk-coverage.png")).isNotEmptyFile();
    assertThat(Files.readAllLines(folder.resolve("predictions.jsonl")))
        .anyMatch(line -> line.contains("\"finding\":\"pneumonia\""))
        .anyMatch(line -> line.contains("\"task\":\"finding-contrastive\""));
  }

  @Test
  void data_that_cannot_be_used_ends_with_2_and_one_line() throws IOException {
    assertThat(run("--data", folder.resolve("nowhere").toString())).isEqualTo(CommandLine.USAGE);
    assertThat(error.toString(StandardCharsets.UTF_8)).contains("nowhere: no such folder");
    Path data = data();
    Files.writeString(data.resolve("records.jsonl"), "{\"id\": ");
    assertThat(run("--data", data.toString())).isEqualTo(CommandLine.USAGE);
    assertThat(error.toString(StandardCharsets.UTF_8)).contains("records.jsonl, line 1: ");
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void a_folder_that_holds_no_model_ends_with_2() throws IOException {
    assertThat(run("--data", data().toString(), "--model", folder.resolve("none").toString()))
        .isEqualTo(CommandLine.USAGE);
    assertThat(error.toString(StandardCharsets.UTF_8)).contains("none: no such folder");
  }

  private int run(String... words) {
    return Evaluate.run(
        List.of(words),
        new Environment(Map.of("OVERREAD_HOME", folder.resolve("home").toString())));
  }

  private Path data() throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    StringBuilder lines = new StringBuilder();
    for (String label : List.of("NORMAL", "PNEUMONIA")) {
      ImageIO.write(
          new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY),
          "jpg",
          data.resolve(label + ".jpg").toFile());
      lines.append(
          """
          {"id":"%s","image":"%s.jpg","source":"kermany-cxr","modality":"XR","body_part":"Chest",\
          "split":"dev","group":"%s","labels":["%s"]}
          """
              .formatted(label, label, label, label));
    }
    Files.writeString(data.resolve("records.jsonl"), lines);
    return data;
  }
}
