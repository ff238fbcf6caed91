package io.overread.service.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overread.service.TinyContrastive;
import io.overread.service.model.ContrastiveProperties.Entry;
import io.overread.vlm.EngineSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContrastiveModelsTest {
  private static final Path NATIVES = Path.of("target", "native");

  @TempDir Path folder;

  @Test
  void without_settings_nothing_is_beside() {
    try (ContrastiveModels none = load()) {
      assertThat(none.all()).isEmpty();
      assertThat(none.beside("mini")).isEmpty();
    }
  }

  @Test
  void the_one_that_names_a_model_goes_beside_it_and_the_other_one_beside_the_rest()
      throws Exception {
    Path calibrated =
        TinyContrastive.copyTo(folder.resolve("a")).calibratedFor("effusion").folder();
    try (ContrastiveModels both =
        load(
            new Entry(calibrated, 0.25, List.of("large")),
            new Entry(TinyContrastive.SHIPPED, 0, List.of()))) {
      assertThat(both.beside("large").orElseThrow().weight()).isEqualTo(0.25);
      Beside rest = both.beside("mini").orElseThrow();
      assertThat(rest.model().identity().name()).isEqualTo("siglip");
      assertThat(both.runBytes(rest)).isPositive();
      assertThat(both.all()).hasSize(2);
    }
  }

  @Test
  void a_weight_without_a_calibration_is_refused() {
    assertRefused(
        "OVERREAD_CONTRASTIVE_MODELS_0_WEIGHT: siglip has no calibration", uncalibrated(0.5));
  }

  @Test
  void what_is_no_contrastive_model_or_does_not_load_is_named_with_its_setting() throws Exception {
    assertRefused(
        "OVERREAD_CONTRASTIVE_MODELS_0_FOLDER: " + folder + " holds no contrastive model",
        new Entry(folder, 0, List.of()));
    Path broken = TinyContrastive.copyTo(folder.resolve("broken")).folder();
    Files.writeString(broken.resolve("onnx/model.onnx"), "no graph");
    assertRefused(
        "OVERREAD_CONTRASTIVE_MODELS_1_FOLDER: " + broken + ": model.onnx",
        uncalibrated(0),
        new Entry(broken, 0, List.of()));
  }

  @Test
  void one_that_can_not_read_the_catalogues_sentences_is_refused() throws Exception {
    Path brief = TinyContrastive.copyTo(folder.resolve("brief")).folder();
    Path config = brief.resolve("config.json");
    Files.writeString(
        config,
        Files.readString(config)
            .replace("\"max_position_embeddings\": 64", "\"max_position_embeddings\": 8"));
    assertRefused("can't read every sentence of the catalogues", new Entry(brief, 0, List.of()));
  }

  @Test
  void each_model_that_drafts_has_one_beside_it_and_is_known() {
    assertRefused(
        "OVERREAD_CONTRASTIVE_MODELS_0_BESIDE: no model is called other",
        new Entry(TinyContrastive.SHIPPED, 0, List.of("other")));
    Entry besideMini = new Entry(TinyContrastive.SHIPPED, 0, List.of("mini"));
    assertRefused(
        "MODELS_1_BESIDE: two contrastive models are beside mini", besideMini, besideMini);
    assertRefused("MODELS_1_BESIDE: is missing", uncalibrated(0), uncalibrated(0));
  }

  private static Entry uncalibrated(double weight) {
    return new Entry(TinyContrastive.SHIPPED, weight, List.of());
  }

  private static void assertRefused(String words, Entry... entries) {
    assertThatThrownBy(() -> load(entries))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words);
  }

  private static ContrastiveModels load(Entry... entries) {
    return new ContrastiveModels(
        new ContrastiveProperties(List.of(entries)),
        EngineSettings.defaults(NATIVES),
        Set.of("mini", "large"));
  }
}
