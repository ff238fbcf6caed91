package io.overread.vlm.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The expected sizes are the hub's own processors', made by {@code image_sizes.py}. */
class FamilySizesTest {

  @Test
  void an_image_gets_the_size_that_qwen_s_processor_gives_it() throws IOException {
    for (JsonNode row : cases("smart_resize")) {
      SmartResize resize =
          new SmartResize(row.get(2).intValue(), row.get(3).longValue(), row.get(4).longValue());
      assertThat(resize.of(row.get(0).intValue(), row.get(1).intValue()))
          .as(row.toString())
          .isEqualTo(new TargetSize.Exact(row.get(5).intValue(), row.get(6).intValue()));
    }
  }

  @Test
  void an_image_gets_the_tiles_that_llama_s_processor_gives_it() throws IOException {
    for (JsonNode row : cases("tiled_canvas")) {
      TiledCanvas canvas = new TiledCanvas(row.get(2).intValue(), row.get(3).intValue());
      int height = row.get(0).intValue();
      int width = row.get(1).intValue();
      TiledCanvas.Arrangement tiles = canvas.arrange(height, width);
      assertThat(tiles)
          .as(row.toString())
          .isEqualTo(
              new TiledCanvas.Arrangement(
                  row.get(4).intValue(), row.get(5).intValue(), row.get(6).intValue()));
      assertThat(canvas.fitted(height, width, tiles))
          .as(row.toString())
          .isEqualTo(new TargetSize.Exact(row.get(7).intValue(), row.get(8).intValue()));
    }
  }

  @Test
  void a_strip_is_refused_as_qwen_s_processor_refuses_it() {
    SmartResize resize = new SmartResize(28, 3136, 1_000_000);
    assertThat(resize.of(10, 2000)).isNotNull();
    assertThatThrownBy(() -> resize.of(10, 2001)).isInstanceOf(IllegalArgumentException.class);
  }

  private static JsonNode cases(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(FamilySizesTest.class.getResourceAsStream("family_sizes.json"))) {
      return JsonMapper.shared().readTree(in).get(name);
    }
  }
}
