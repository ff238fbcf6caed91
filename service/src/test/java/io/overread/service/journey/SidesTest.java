package io.overread.service.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.gateway.study.SeriesAttributes;
import io.overread.reporting.finding.DraftMark;
import io.overread.service.synthetic.SyntheticChest;
import io.overread.vlm.EngineSettings;
import io.overread.vlm.OnnxModel;
import io.overread.vlm.guard.Guard;
import io.overread.vlm.guard.Objection;
import io.overread.vlm.model.ShippedModel;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Side markers on images, held against headers and sentences as a draft does. */
class SidesTest {

  private static final ReadingGuards GUARDS = new ReadingGuards();

  @TempDir static Path folder;
  private static OnnxModel model;
  private static Path file;

  @BeforeAll
  static void load() throws Exception {
    model =
        OnnxModel.load(
            ShippedModel.extractTo(Path.of("target", "models")),
            EngineSettings.defaults(Path.of("target", "natives")));
    file = new SyntheticChest(Clock.systemUTC()).write(folder).getFirst().file();
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void a_flipped_chest_is_named_to_the_radiologist_whatever_the_draft_says() {
    Reading reading = read(60, attributes("CHEST", null));
    List<DraftMark> marks = GUARDS.marks(reading);
    assertThat(marks).hasSize(1);
    assertThat(marks.getFirst().sentence()).isEmpty();
    assertThat(marks.getFirst().doubt().guard()).isEqualTo("laterality");
    assertThat(marks.getFirst().doubt().reason())
        .isEqualTo(
            "The side marker L on the image stands on the half where the patient's right is"
                + " expected: the image may be flipped, or the marker is wrong. Left and right"
                + " can't be trusted.");
    assertThat(said(reading, "There is a left pleural effusion."))
        .contains(new Objection(Guard.LATERALITY, marks.getFirst().doubt().reason()));
  }

  @Test
  void a_marker_where_it_belongs_is_no_matter() {
    assertThat(GUARDS.marks(read(520, attributes("CHEST", null)))).isEmpty();
  }

  @Test
  void a_marker_against_the_header_and_a_sentence_against_the_marker_are_named() {
    assertThat(GUARDS.marks(read(520, attributes("HAND", "R"))).getFirst().doubt().reason())
        .startsWith("The header says right and the side marker on the image says left.");
    Reading hand = read(60, attributes("HAND", null));
    assertThat(GUARDS.marks(hand)).as("an extremity's marker stands anywhere").isEmpty();
    assertThat(said(hand, "Fracture of the right thumb.").orElseThrow().reason())
        .contains("the side marker on it says left");
    assertThat(said(hand, "Fracture of the left thumb.")).isEmpty();
  }

  private static Optional<Objection> said(Reading reading, String sentence) {
    return GUARDS.ofWords(reading).stream()
        .flatMap(guard -> guard.objection(sentence).stream())
        .findFirst();
  }

  private static SeriesAttributes attributes(String bodyPart, @Nullable String laterality) {
    return TestReading.attributes("DX", bodyPart, "a test", laterality);
  }

  /** A film with an L whose left edge is at a column of 600. */
  private static Reading read(int column, SeriesAttributes attributes) {
    BufferedImage image = new BufferedImage(600, 600, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < 600; y++) {
      for (int x = 0; x < 600; x++) {
        image.getRaster().setSample(x, y, 0, 20 + Math.max(0, 150 - Math.abs(x - 300)) + x * y % 9);
      }
    }
    Graphics2D pen = image.createGraphics();
    pen.setColor(Color.WHITE);
    pen.setStroke(new BasicStroke(5, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    Path2D letter = new Path2D.Double();
    letter.moveTo(column, 50);
    letter.lineTo(column, 82);
    letter.lineTo(column + 20, 82);
    pen.draw(letter);
    pen.dispose();
    Reading reading = TestReading.of(model, file, image, attributes);
    reading.encoded().close();
    return reading;
  }
}
