package io.overread.vlm.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.vlm.image.RgbImage;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GeneratedImagesTest {

  @Test
  void there_are_many_of_many_kinds_and_no_two_alike() {
    List<GeneratedImages.Generated> images = GeneratedImages.all();
    assertThat(images).hasSizeGreaterThanOrEqualTo(120);
    assertThat(images.stream().map(GeneratedImages.Generated::kind).distinct())
        .containsExactlyInAnyOrder(
            "blank",
            "noise",
            "gradient",
            "stripes",
            "checkerboard",
            "shapes",
            "text page",
            "program window");
    Set<Integer> contents = new HashSet<>();
    images.forEach(drawn -> contents.add(Arrays.hashCode(RgbImage.of(drawn.image()).samples())));
    assertThat(contents).hasSameSizeAs(images);
    assertThat(images.stream().map(GeneratedImages.Generated::name).distinct())
        .hasSameSizeAs(images);
  }

  @Test
  void they_are_the_same_each_time() {
    List<GeneratedImages.Generated> once = GeneratedImages.all();
    List<GeneratedImages.Generated> again = GeneratedImages.all();
    for (int i = 0; i < once.size(); i++) {
      assertThat(RgbImage.of(again.get(i).image()).samples())
          .as(once.get(i).name())
          .isEqualTo(RgbImage.of(once.get(i).image()).samples());
    }
  }
}
