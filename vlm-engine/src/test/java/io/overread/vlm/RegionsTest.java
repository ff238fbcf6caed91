package io.overread.vlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.overread.vlm.failure.ModelFormatException;
import io.overread.vlm.finding.FindingRegion;
import io.overread.vlm.tiny.TinyModel;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tiny model sees a glioma where the image is bright and a meningioma where it is dark. */
class RegionsTest {

  @TempDir Path parent;

  @Test
  void a_finding_is_seen_where_the_map_says_whatever_the_image_s_shape() {
    try (VisionLanguageModel model = TinyModel.REGIONS.load();
        EncodedStudy study = model.encode(List.of(bright(120, 40, 75, 5)))) {
      FindingRegion glioma = study.region("glioma").orElseThrow();
      assertThat(glioma.grid()).isEqualTo(8);
      assertThat(glioma.map()).hasSize(64);
      float sum = 0;
      for (float value : glioma.map()) {
        sum += value;
      }
      assertThat(sum).isCloseTo(1, within(1e-4f));
      assertThat(glioma.peak().x()).isCloseTo(82.5 / 120, within(0.07));
      assertThat(glioma.peak().y()).isCloseTo(7.5 / 40, within(0.07));
      assertThat(glioma.box().contains(glioma.peak())).isTrue();
      assertThat(study.region("meningioma").orElseThrow().box().width()).isEqualTo(1);
    }
  }

  @Test
  void each_image_of_a_study_has_its_own() {
    try (VisionLanguageModel model = TinyModel.REGIONS.load();
        EncodedStudy study = model.encode(List.of(bright(80, 80, 60, 5), bright(80, 80, 5, 60)))) {
      assertThat(study.region(0, "glioma").orElseThrow().peak().x()).isGreaterThan(0.7);
      assertThat(study.region(1, "glioma").orElseThrow().peak().x()).isLessThan(0.3);
      assertThatThrownBy(() -> study.region(2, "glioma"))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void a_finding_without_a_map_and_a_model_without_maps_have_no_region() {
    try (VisionLanguageModel model = TinyModel.REGIONS.load();
        EncodedStudy study = model.encode(List.of(TinyModel.picture()))) {
      assertThat(model.mappedFindings()).containsExactly("glioma", "meningioma");
      assertThat(study.region("cardiomegaly")).isEmpty();
    }
    try (VisionLanguageModel model = TinyModel.PLAIN.load();
        EncodedStudy study = model.encode(List.of(TinyModel.picture()))) {
      assertThat(model.mappedFindings()).isEmpty();
      assertThat(study.region("glioma")).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"output\": \"finding_maps\" | \"output\": \"maps\" | vision_encoder.onnx: maps: this"
            + " output is missing",
        "\"output\": \"finding_maps\" | \"output\": \"image_features\" | vision_encoder.onnx:"
            + " image_features: has shape",
        "\"output\": \"finding_maps\" | \"output\": 7 | overread.json: regions: output: no string",
        "\"glioma\", | \"glioma\", \"hernia\", | vision_encoder.onnx: finding_maps: has shape [-1,"
            + " 2, 8, 8], the maps of 3 findings",
        "\"meningioma\" | \"glioma\" | overread.json: regions: findings: an id is there twice",
        "\"meningioma\" | \"a b\" | overread.json: regions: findings: not only ids"
      })
  void a_description_that_the_graph_does_not_keep_is_refused_by_name(
      String from, String to, String message) throws IOException {
    Path folder = TinyModel.REGIONS.copyTo(parent.resolve("model"));
    Path manifest = folder.resolve("overread.json");
    String text = Files.readString(manifest).replaceAll("\\s+", " ");
    assertThat(text).contains(from);
    Files.writeString(manifest, text.replace(from, to));
    assertThatThrownBy(() -> OnnxModel.load(folder, TinyModel.settings()).close())
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(message);
  }

  @Test
  void a_model_that_crops_would_point_beside_and_is_refused() throws IOException {
    Path folder = TinyModel.REGIONS.copyTo(parent.resolve("model"));
    Path file = folder.resolve("preprocessor_config.json");
    String before = Files.readString(file);
    Files.writeString(
        file,
        before.replaceFirst(
            "\\{", "{\"do_center_crop\": true, \"crop_size\": {\"height\": 16, \"width\": 16},"));
    Path manifest = folder.resolve("overread.json");
    Files.writeString(
        manifest,
        Files.readString(manifest)
            .replaceFirst(
                "\"preprocessor_config.json\": \"[0-9a-f]+\"",
                "\"preprocessor_config.json\": \"" + sha256(file) + "\""));
    assertThatThrownBy(() -> OnnxModel.load(folder, TinyModel.settings()).close())
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("pads or crops");
  }

  private static String sha256(Path file) throws IOException {
    try {
      return java.util.HexFormat.of()
          .formatHex(
              java.security.MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Black, with a white square of 15 pixels. */
  private static BufferedImage bright(int width, int height, int x, int y) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(Color.WHITE);
    int edge = Math.min(15, height - y);
    pen.fillRect(x, y, 15, Math.max(1, edge - 10));
    pen.dispose();
    return image;
  }
}
