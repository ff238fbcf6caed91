package io.overread.vlm.region;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.vlm.region.WrittenRegion.Box;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoxJsonTest {

  private static final BoxJson HUNDREDTHS =
      new BoxJson(
          "bbox_2d",
          (collector, label, n) ->
              collector.box(label, n[0] / 100, n[1] / 100, n[2] / 100, n[3] / 100));

  @Test
  void boxes_stand_in_a_fenced_block_or_in_running_text() {
    RegionText read =
        HUNDREDTHS
            .read(
                """
                Here they are:
                ```json
                [
                  {"bbox_2d": [10, 20, 30, 40], "label": "a \\"small\\" {nodule}"},
                  {"bbox_2d": [50, 60, 70, 80], "label": "rib"}
                ]
                ```
                Look twice.\
                """)
            .orElseThrow();
    assertThat(read.regions())
        .containsExactly(
            new Box("a \"small\" {nodule}", 0.1, 0.2, 0.3, 0.4),
            new Box("rib", 0.5, 0.6, 0.7, 0.8));
    assertThat(read.text()).isEqualTo("Here they are: a \"small\" {nodule}; rib Look twice.");
    assertThat(HUNDREDTHS.read("{\"bbox_2d\":[1,2,3,4]}").orElseThrow().text()).isEmpty();
  }

  @Test
  void an_array_that_was_cut_off_keeps_what_was_whole() {
    RegionText read =
        HUNDREDTHS
            .read("[{\"bbox_2d\":[1,2,3,4],\"label\":\"x\"},{\"bbox_2d\":[5,6,")
            .orElseThrow();
    assertThat(read).isEqualTo(new RegionText("x", List.of(new Box("x", 0.01, 0.02, 0.03, 0.04))));
  }

  @Test
  void text_without_boxes_stays_as_it_is() {
    assertThat(HUNDREDTHS.read("A {strange} answer: [1, 2].")).isEmpty();
    assertThat(HUNDREDTHS.read("\"bbox_2d\" is a word")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"bbox_2d\":[1,2,3]}",
        "{\"bbox_2d\":[1,2,3,\"4\"]}",
        "{\"bbox_2d\":[30,2,3,4]}",
        "{\"bbox_2d\":[1,2,3,2]}",
        "{\"bbox_2d\":[1,2,300,400]}",
        "{\"bbox_2d\":[-20,2,3,4]}",
        "{\"bbox_2d\":[1e999,2,3,4]}",
        "{\"bbox_2d\":{\"a\":1}}",
      })
  void what_is_no_box_on_the_image_is_none(String text) {
    assertThat(HUNDREDTHS.read(text).orElseThrow().regions()).isEmpty();
  }

  @Test
  void an_edge_a_little_beyond_the_image_is_the_image_s() {
    assertThat(HUNDREDTHS.read("{\"bbox_2d\":[-1,0,101,104]}").orElseThrow().regions())
        .containsExactly(new Box("", 0, 0, 1, 1));
  }

  @Test
  void counts_and_names_are_bounded_and_no_text_is_too_much() {
    String one = "{\"bbox_2d\":[1,2,3,4],\"label\":\"" + "n\\u0007\\n".repeat(400) + "\"},";
    List<WrittenRegion> read = HUNDREDTHS.read(one.repeat(500)).orElseThrow().regions();
    assertThat(read).hasSize(100);
    assertThat(read.getFirst().label())
        .hasSizeLessThanOrEqualTo(200)
        .doesNotContain("\u0007", "\n");
    String open = "{".repeat(20_000) + "\"bbox_2d\"";
    assertThat(HUNDREDTHS.read(open).map(RegionText::regions).orElse(List.of())).isEmpty();
  }
}
