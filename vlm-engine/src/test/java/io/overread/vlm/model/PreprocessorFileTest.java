package io.overread.vlm.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.overread.vlm.failure.ModelFormatException;
import io.overread.vlm.image.ImagePreprocessor;
import io.overread.vlm.image.PixelTensor;
import io.overread.vlm.image.TargetSize;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The expected numbers are those of the hub's own processors, made by {@code pillow_images.py}. */
class PreprocessorFileTest {

  @Test
  void clip_s_and_llava_s_processors_give_the_same_numbers() throws IOException {
    BufferedImage image;
    try (InputStream in = resource("source.png")) {
      image = ImageIO.read(in);
    }
    JsonNode cases;
    try (InputStream in = resource("preprocessed.json")) {
      cases = JsonMapper.shared().readTree(in);
    }
    assertThat(cases.size()).isEqualTo(2);
    for (JsonNode one : cases) {
      ImagePreprocessor preprocessor =
          PreprocessorFile.read(new ModelJson("preprocessor_config.json", one.get("config")));
      PixelTensor pixels = preprocessor.prepare(image);
      assertThat(pixels.height()).isEqualTo(one.get("shape").get(1).intValue());
      assertThat(pixels.width()).isEqualTo(one.get("shape").get(2).intValue());
      for (int i = 0; i < pixels.values().length; i++) {
        assertThat((double) pixels.values()[i])
            .isCloseTo(one.get("values").get(i).doubleValue(), within(2e-5));
      }
    }
  }

  @Test
  void an_image_smaller_than_the_crop_is_framed_in_black() {
    ImagePreprocessor preprocessor =
        read(
            """
            {"do_resize": false, "do_center_crop": true, "crop_size": {"height": 3, "width": 4},
             "do_normalize": false}
            """);
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(0, 0, 0, 255);
    image.getRaster().setSample(1, 0, 0, 255);
    assertThat(java.util.Arrays.copyOf(preprocessor.prepare(image).values(), 12))
        .containsExactly(0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0);
  }

  @Test
  void a_single_number_is_a_square() {
    assertThat(read("{\"size\": 224}").fixedSize()).isEqualTo(new TargetSize.Exact(224, 224));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"size\": {\"height\": 4}}",
        "{\"size\": {\"height\": 100000, \"width\": 4}}",
        "{\"size\": {\"height\": 0, \"width\": 4}}",
        "{\"size\": 4, \"resample\": 9}",
        "{\"size\": 4, \"image_std\": [1, 0, 1]}",
        "{\"size\": 4, \"image_mean\": [1, 0]}",
        "{\"size\": 4, \"image_mean\": \"x\"}",
        "{\"size\": 4, \"rescale_factor\": \"x\"}"
      })
  void what_cannot_be_done_is_refused_by_name(String json) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith("preprocessor_config.json");
  }

  private static ImagePreprocessor read(String json) {
    return PreprocessorFile.read(
        ModelJson.parse("preprocessor_config.json", json.getBytes(StandardCharsets.UTF_8)));
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(
        PreprocessorFileTest.class.getResourceAsStream("/io/overread/vlm/image/" + name));
  }
}
