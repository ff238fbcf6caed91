package io.overread.vlm.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The expected images are Pillow's, made by {@code src/test/fixtures/pillow_images.py}. */
class ResamplerTest {

  private static final List<int[]> SIZES =
      List.of(
          new int[] {16, 16},
          new int[] {53, 11},
          new int[] {7, 61},
          new int[] {37, 40},
          new int[] {80, 23},
          new int[] {1, 1},
          new int[] {74, 46});

  @ParameterizedTest
  @EnumSource(ResamplingFilter.class)
  void every_sample_is_pillow_s(ResamplingFilter filter) throws IOException {
    RgbImage source = read("source.png");
    for (int[] size : SIZES) {
      String name = filter.name().toLowerCase(Locale.ROOT) + "_" + size[0] + "x" + size[1] + ".png";
      RgbImage expected = read(name);
      RgbImage resized = Resampler.resize(source, size[0], size[1], filter);
      assertThat(resized.samples()).as(name).isEqualTo(expected.samples());
    }
  }

  @Test
  void an_image_of_the_right_size_is_left_as_it_is() throws IOException {
    RgbImage source = read("source.png");
    assertThat(Resampler.resize(source, 37, 23, ResamplingFilter.LANCZOS)).isSameAs(source);
  }

  private static RgbImage read(String name) throws IOException {
    try (InputStream in = Objects.requireNonNull(ResamplerTest.class.getResourceAsStream(name))) {
      return RgbImage.of(ImageIO.read(in));
    }
  }
}
