package io.overread.vlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.overread.vlm.decoding.FinishReason;
import io.overread.vlm.family.ImageLayout;
import io.overread.vlm.region.RegionText;
import io.overread.vlm.region.WrittenRegion;
import io.overread.vlm.text.ModelTokenizer;
import io.overread.vlm.tiny.TinyFamily;
import io.overread.vlm.tiny.TinyModel;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random weights write no boxes: the answers are made, of tokens as the family's tokenizer has
 * them.
 */
class AnswerRegionsTest {

  private static final BufferedImage WIDE = new BufferedImage(120, 40, BufferedImage.TYPE_INT_RGB);

  @TempDir Path parent;

  @Test
  void pixels_of_the_resized_picture_are_places_on_the_picture_as_it_came() {
    TinyFamily tiny = new TinyFamily("qwen2.5-vl");
    try (OnnxModel model = tiny.load();
        OnnxStudy study = model.encode(List.of(WIDE))) {
      ImageLayout layout = study.studyImages().layouts().getFirst();
      int width = layout.gridColumns() * 16;
      int height = layout.gridRows() * 16;
      assertThat(width).isNotEqualTo(120);
      String text =
          "[{\"bbox_2d\": [%d, 0, %d, %d], \"label\": \"nodule\"}]"
              .formatted(width / 4, width / 2, height / 2);
      RegionText read = model.regions(study, "Where?", written(tiny.folder(), text));
      assertThat(read.text()).isEqualTo("nodule");
      WrittenRegion nodule = read.regions().getFirst();
      assertThat(nodule.left()).isCloseTo(0.25, within(1e-9));
      assertThat(nodule.right()).isCloseTo(0.5, within(1e-9));
      assertThat(nodule.bottom()).isCloseTo(0.5, within(1e-9));
      assertThat(model.groundingQuestion("nodule").orElseThrow()).contains("nodule", "JSON");
    }
  }

  @Test
  void of_several_images_nothing_says_on_which_a_box_is() {
    TinyFamily tiny = new TinyFamily("qwen3-vl");
    try (OnnxModel model = tiny.load();
        OnnxStudy study = model.encode(List.of(WIDE, WIDE))) {
      RegionText read =
          model.regions(
              study,
              "Where?",
              written(tiny.folder(), "{\"bbox_2d\": [1, 2, 3, 4], \"label\": \"rib\"}"));
      assertThat(read).isEqualTo(RegionText.plain("rib"));
    }
  }

  @Test
  void an_answer_without_boxes_and_one_of_another_family_stay_as_they_are() {
    for (String family : List.of("qwen2-vl", "paligemma", "florence-2", "llava")) {
      TinyFamily tiny = new TinyFamily(family);
      try (OnnxModel model = tiny.load();
          OnnxStudy study = model.encode(List.of(WIDE))) {
        Answer answer = written(tiny.folder(), "No nodule; [1, 2].");
        assertThat(model.regions(study, "Where?", answer))
            .isEqualTo(RegionText.plain(answer.text()));
        assertThat(model.groundingQuestion("rib").isEmpty()).isEqualTo(family.equals("llava"));
        if (family.equals("florence-2")) {
          assertThat(model.imageDependence("Where?", answer)).as("can't be asked").isEmpty();
          assertThat(model.asIfWritten(study, "Where?", "A rib.")).isEmpty();
        }
      }
    }
  }

  @Test
  void places_are_read_though_the_tokenizer_calls_them_special() throws IOException {
    Path folder = copy(new TinyFamily("florence-2").folder());
    Path file = folder.resolve("tokenizer.json");
    String tokenizer = Files.readString(file);
    StringBuilder added = new StringBuilder("\"added_tokens\": [");
    for (int bin = 100; bin <= 400; bin += 100) {
      added.append(
          ("{\"id\": %d, \"content\": \"<loc_%d>\", \"single_word\": false, \"lstrip\": false,"
                  + " \"rstrip\": false, \"normalized\": false, \"special\": true},")
              .formatted(100_000 + bin, bin));
    }
    assertThat(tokenizer).containsPattern("\"added_tokens\":\\s*\\[");
    Files.writeString(file, tokenizer.replaceFirst("\"added_tokens\":\\s*\\[", added.toString()));
    try (OnnxModel model = OnnxModel.load(folder, TinyModel.settings());
        OnnxStudy study = model.encode(List.of(WIDE))) {
      Answer answer = written(folder, "left lung<loc_100><loc_200><loc_300><loc_400>");
      assertThat(answer.text()).as("as it is streamed").isEqualTo("left lung");
      RegionText read = model.regions(study, "<OD>", answer);
      assertThat(read.text()).isEqualTo("left lung");
      assertThat(read.regions()).hasSize(1);
      WrittenRegion.Box box = (WrittenRegion.Box) read.regions().getFirst();
      assertThat(box.label()).isEqualTo("left lung");
      assertThat(new double[] {box.left(), box.top(), box.right(), box.bottom()})
          .containsExactly(new double[] {0.1005, 0.2005, 0.3005, 0.4005}, within(1e-12));
    }
  }

  @Test
  void florence_2_s_marks_with_something_behind_them_become_their_sentences() {
    try (OnnxModel model = new TinyFamily("florence-2").load();
        OnnxStudy study = model.encode(List.of(WIDE))) {
      assertThat(model.prompt(study, "<CAPTION_TO_PHRASE_GROUNDING> a rib"))
          .isEqualTo(model.prompt(study, "Locate the phrases in the caption: a rib"));
      assertThat(model.prompt(study, "<OPEN_VOCABULARY_DETECTION>a rib"))
          .isEqualTo(model.prompt(study, "Locate a rib in the image."));
    }
  }

  private static Answer written(Path folder, String text) {
    try (ModelTokenizer tokenizer =
        ModelTokenizer.open(
            folder.resolve("tokenizer.json"), TinyModel.settings().nativeFolder())) {
      int[] tokens = tokenizer.encode(text, false);
      return new Answer(
          tokenizer.decode(tokens, 0, tokens.length),
          Arrays.stream(tokens).boxed().toList(),
          Collections.nCopies(tokens.length, -0.1),
          FinishReason.STOP,
          false,
          0);
    }
  }

  private Path copy(Path from) throws IOException {
    Path to = parent.resolve("model");
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    return to;
  }
}
