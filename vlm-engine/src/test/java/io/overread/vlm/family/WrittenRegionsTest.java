package io.overread.vlm.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.overread.vlm.family.Florence2Regions.Form;
import io.overread.vlm.region.RegionText;
import io.overread.vlm.region.WrittenRegion;
import io.overread.vlm.region.WrittenRegion.Box;
import io.overread.vlm.region.WrittenRegion.Outline;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WrittenRegionsTest {

  private static final Map<String, Form> FORMS =
      Map.of(
          "<OD>", Form.NAMED_BOXES,
          "<DENSE_REGION_CAPTION>", Form.NAMED_BOXES,
          "<CAPTION_TO_PHRASE_GROUNDING>", Form.PHRASES,
          "<REGION_PROPOSAL>", Form.BOXES,
          "<OPEN_VOCABULARY_DETECTION>", Form.EITHER,
          "<REFERRING_EXPRESSION_SEGMENTATION>", Form.OUTLINES,
          "<REGION_TO_SEGMENTATION>", Form.OUTLINES,
          "<OCR_WITH_REGION>", Form.LETTERING);

  private static final JsonNode GOLDEN = golden();

  private static JsonNode golden() {
    try (InputStream in =
        Objects.requireNonNull(
            WrittenRegionsTest.class.getResourceAsStream(
                "/io/overread/vlm/region/florence2.json"))) {
      return new JsonMapper().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static Stream<JsonNode> made() {
    return GOLDEN.get("cases").valueStream();
  }

  /** {@code training/parity/regions.py} writes the file. */
  @ParameterizedTest
  @MethodSource("made")
  void what_florence_2_writes_is_read_as_transformers_reads_it(JsonNode golden) {
    Set<String> banned =
        GOLDEN.get("banned").valueStream().map(JsonNode::asString).collect(Collectors.toSet());
    List<WrittenRegion> read =
        new Florence2Regions(banned)
            .read(
                Objects.requireNonNull(FORMS.get(golden.get("task").asString())),
                golden.get("text").asString())
            .map(RegionText::regions)
            .orElse(List.of());
    JsonNode wanted = golden.get("read");
    List<String> labels = new ArrayList<>();
    List<List<Double>> places = new ArrayList<>();
    for (List<String> kind :
        List.of(
            List.of("bboxes", wanted.has("bboxes_labels") ? "bboxes_labels" : "labels"),
            List.of("quad_boxes", "labels"),
            List.of("polygons", wanted.has("polygons_labels") ? "polygons_labels" : "labels"))) {
      JsonNode all = wanted.path(kind.getFirst());
      for (int i = 0; i < all.size(); i++) {
        JsonNode each = all.get(i);
        boolean several = each.get(0).isArray();
        for (JsonNode one : several ? each : List.of(each)) {
          labels.add(wanted.get(kind.getLast()).get(i).asString());
          places.add(one.valueStream().map(JsonNode::doubleValue).toList());
        }
      }
    }
    assertThat(read).extracting(WrittenRegion::label).containsExactlyElementsOf(labels);
    double width = GOLDEN.get("size").get(0).doubleValue();
    double height = GOLDEN.get("size").get(1).doubleValue();
    for (int i = 0; i < read.size(); i++) {
      double[] own = pixels(read.get(i), width, height);
      assertThat(own).hasSameSizeAs(places.get(i));
      for (int k = 0; k < own.length; k++) {
        // The reference cuts off to whole pixels.
        assertThat(own[k]).isBetween(places.get(i).get(k) - 1e-3, places.get(i).get(k) + 1);
      }
    }
  }

  private static double[] pixels(WrittenRegion region, double width, double height) {
    return switch (region) {
      case Box(String label, double left, double top, double right, double bottom) ->
          new double[] {left * width, top * height, right * width, bottom * height};
      case Outline(String label, List<WrittenRegion.Point> points) ->
          points.stream()
              .flatMap(point -> Stream.of(point.x() * width, point.y() * height))
              .mapToDouble(Double::doubleValue)
              .toArray();
    };
  }

  @Test
  void florence_2_s_words_are_left_without_the_places() {
    RegionText read =
        new Florence2Regions(Set.of())
            .read(
                Form.NAMED_BOXES,
                "<s>left lung<loc_1><loc_2><loc_3><loc_4>heart<loc_5><loc_6><loc_7><loc_8></s>")
            .orElseThrow();
    assertThat(read.text()).isEqualTo("left lung; heart");
    assertThat(new Florence2Regions(Set.of()).read(Form.PHRASES, "No box.")).isEmpty();
  }

  @Test
  void a_place_that_florence_2_has_not_and_a_name_behind_too_few_make_no_box() {
    RegionText read =
        new Florence2Regions(Set.of())
            .read(
                Form.NAMED_BOXES,
                "a<loc_1><loc_2><loc_3><loc_1500>b<loc_99999999999><loc_1><loc_2><loc_3>"
                    + "c<loc_1><loc_2><loc_3>d<loc_1><loc_2><loc_3><loc_4>")
            .orElseThrow();
    assertThat(read.regions()).extracting(WrittenRegion::label).containsExactly("d");
    assertThat(read.text()).isEqualTo("a; b; c; d");
  }

  @Test
  void paligemma_writes_top_before_left_in_1024ths_and_the_name_behind() {
    RegionText read =
        PaliGemmaRegions.read(
                "<loc0256><loc0512><loc0768><loc1023> nodule ; <loc0000><loc0000><loc0512><loc0512>"
                    + "<seg001><seg127> left lung")
            .orElseThrow();
    assertThat(read.text()).isEqualTo("nodule; left lung");
    assertThat(read.regions())
        .containsExactly(
            new Box("nodule", 0.5, 0.25, 1023 / 1024.0, 0.75),
            new Box("left lung", 0, 0, 0.5, 0.5));
    assertThat(PaliGemmaRegions.read("no nodule")).isEmpty();
  }

  @Test
  void a_cut_off_or_impossible_place_of_paligemma_makes_no_box() {
    for (String text :
        List.of(
            "<loc0256><loc0512><loc0768> nodule",
            "<loc0768><loc0512><loc0256><loc1023> upside down",
            "<loc0001><loc0002><loc9999><loc9999> beyond",
            "<loc0001><loc0002><loc0003><loc00")) {
      assertThat(PaliGemmaRegions.read(text).orElseThrow().regions()).isEmpty();
    }
  }

  @Test
  void qwen2_vl_marks_thousandths_with_tokens_of_its_own() {
    RegionText read =
        QwenRegions.marked(
                "<|object_ref_start|>the nodule<|object_ref_end|><|box_start|>(100,200),(300,400)"
                    + "<|box_end|> and <|object_ref_start|>a rib<|object_ref_end|><|quad_start|>"
                    + "(0,0),(500,0),(500,100),(0,100)<|quad_end|><|im_end|>")
            .orElseThrow();
    assertThat(read.regions().getFirst()).isEqualTo(new Box("the nodule", 0.1, 0.2, 0.3, 0.4));
    assertThat(read.regions().getLast())
        .isInstanceOf(Outline.class)
        .extracting(WrittenRegion::label, WrittenRegion::right)
        .containsExactly("a rib", 0.5);
    assertThat(read.text()).startsWith("the nodule and a rib");
    assertThat(QwenRegions.marked("(100,200),(300,400)")).isEmpty();
    assertThat(QwenRegions.marked("<|box_start|>(1,2),(9999,9999)<|box_end|>").orElseThrow())
        .isEqualTo(new RegionText("", List.of()));
  }

  @Test
  void qwen2_5_vl_counts_pixels_of_the_resized_picture_and_qwen3_vl_thousandths() {
    String json = "```json\n[{\"bbox_2d\": [28, 56, 140, 168], \"label\": \"mass\"}]\n```";
    assertThat(QwenRegions.json(json, 280, 560).orElseThrow().regions())
        .containsExactly(new Box("mass", 0.1, 0.1, 0.5, 0.3));
    WrittenRegion box = QwenRegions.jsonInThousandths(json).orElseThrow().regions().getFirst();
    assertThat(box.left()).isCloseTo(0.028, within(1e-9));
    assertThat(box.bottom()).isCloseTo(0.168, within(1e-9));
  }
}
