package io.overread.vlm.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FindingRegionTest {

  @Test
  void the_peak_is_the_weighted_mean_around_the_largest_cell() {
    FindingRegion region =
        FindingRegion.of(
                4,
                new float[] {
                  0, 0, 0, 0, //
                  0, 4, 2, 0, //
                  0, 0, 0, 0, //
                  0, 0, 0, 3
                })
            .orElseThrow();
    // (1.5 * 4 + 2.5 * 2) / 6 of four columns; the 3 lies outside of the neighbourhood
    assertThat(region.peak().x()).isCloseTo(11.0 / 6 / 4, within(1e-12));
    assertThat(region.peak().y()).isCloseTo(1.5 / 4, within(1e-12));
  }

  @Test
  void at_the_edge_the_neighbourhood_is_cut() {
    FindingRegion region = FindingRegion.of(2, new float[] {2, 0, 1, 0}).orElseThrow();
    assertThat(region.peak().x()).isCloseTo(0.25, within(1e-12));
    assertThat(region.peak().y()).isCloseTo((2 * 0.25 + 1 * 0.75) / 3, within(1e-12));
    FindingRegion whole = FindingRegion.of(1, new float[] {1}).orElseThrow();
    assertThat(whole.peak()).isEqualTo(new FindingRegion.Point(0.5, 0.5));
    assertThat(whole.box()).isEqualTo(new FindingRegion.Box(0, 0, 1, 1));
  }

  @Test
  void the_box_holds_what_hangs_together_with_the_peak_by_its_edges() {
    FindingRegion region =
        FindingRegion.of(
                5,
                new float[] {
                  4, 1, 0, 0, 0, // its corner alone touches the rest
                  0, 3, 0, 0, 0, //
                  0, 6, 4, 3, 0, //
                  0, 0, 0, 2, 0, // less than half
                  0, 0, 0, 0, 5
                })
            .orElseThrow();
    FindingRegion.Box box = region.box();
    assertThat(box.x()).isCloseTo(0.2, within(1e-12));
    assertThat(box.y()).isCloseTo(0.2, within(1e-12));
    assertThat(box.width()).isCloseTo(0.6, within(1e-12));
    assertThat(box.height()).isCloseTo(0.4, within(1e-12));
    assertThat(box.contains(region.peak())).isTrue();
    assertThat(box.contains(new FindingRegion.Point(0.9, 0.9))).isFalse();
  }

  @Test
  void nothing_is_seen_on_a_map_of_zeros() {
    assertThat(FindingRegion.of(2, new float[4])).isEmpty();
  }

  @Test
  void the_map_is_a_copy() {
    float[] values = {0, 1, 0, 0};
    FindingRegion region = FindingRegion.of(2, values).orElseThrow();
    values[0] = 9;
    region.map()[0] = 9;
    assertThat(region.map()).containsExactly(0, 1, 0, 0);
  }

  @Test
  void a_map_of_another_size_is_refused() {
    assertThatThrownBy(() -> FindingRegion.of(3, new float[4]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
