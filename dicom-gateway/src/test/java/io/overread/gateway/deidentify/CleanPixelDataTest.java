package io.overread.gateway.deidentify;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;
import io.overread.gateway.rule.Parsed;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which images may leave, and what is made black before. */
class CleanPixelDataTest {

  private final CleanPixelData rule = new CleanPixelData(List.of());

  private static DataSet header(String modality) {
    return new DataSet()
        .putString(Tag.Modality, modality)
        .putString(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.1.1")
        .putInteger(Tag.Rows, 100)
        .putInteger(Tag.Columns, 200);
  }

  private static DataSet region(int x0, int y0, int x1, int y1) {
    return new DataSet()
        .putInteger(Tag.RegionLocationMinX0, x0)
        .putInteger(Tag.RegionLocationMinY0, y0)
        .putInteger(Tag.RegionLocationMaxX1, x1)
        .putInteger(Tag.RegionLocationMaxY1, y1);
  }

  @Test
  void radiographs_and_slices_leave_as_they_are() {
    for (String modality : List.of("DX", "CR", "CT", "MR")) {
      assertThat(rule.of(header(modality))).isInstanceOf(Cleaning.None.class);
    }
  }

  @Test
  void what_says_that_text_is_burned_in_or_that_a_face_shows_does_not_leave() {
    assertThat(rule.of(header("CT").putString(Tag.BurnedInAnnotation, "YES")))
        .isInstanceOf(Cleaning.Refused.class);
    assertThat(
            rule.of(
                header("CT")
                    .putString(Tag.BurnedInAnnotation, "NO")
                    .putString(Tag.RecognizableVisualFeatures, "YES")))
        .isInstanceOf(Cleaning.Refused.class);
  }

  @Test
  void ultrasound_captures_and_screens_leave_only_if_they_say_that_no_text_is_burned_in() {
    List<DataSet> written =
        List.of(
            header("US"),
            header("DX").putString(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.7.2"),
            header("DX").putString(Tag.ConversionType, "WSD"),
            header("CT").putString(Tag.ImageType, "DERIVED", "SECONDARY", "SCREEN SAVE"),
            header("XC"));
    for (DataSet each : written) {
      assertThat(rule.of(each)).isInstanceOf(Cleaning.Refused.class);
      assertThat(rule.of(each.putString(Tag.BurnedInAnnotation, "NO")))
          .isInstanceOf(Cleaning.None.class);
    }
  }

  @Test
  void of_ultrasound_with_regions_all_outside_of_them_is_black() {
    DataSet header =
        header("US").putItems(Tag.SequenceOfUltrasoundRegions, region(20, 10, 179, 89));
    BufferedImage cleaned = rule.of(header).applyTo(white());
    assertThat(cleaned.getRaster().getSample(20, 10, 0)).isEqualTo(255);
    assertThat(cleaned.getRaster().getSample(179, 89, 0)).isEqualTo(255);
    assertThat(cleaned.getRaster().getSample(19, 10, 0)).isZero();
    assertThat(cleaned.getRaster().getSample(20, 9, 0)).isZero();
    assertThat(cleaned.getRaster().getSample(180, 50, 0)).isZero();
    assertThat(cleaned.getRaster().getSample(100, 90, 0)).isZero();
  }

  @Test
  void a_region_that_covers_all_or_lies_beside_the_image_keeps_no_text_out() {
    assertThat(
            rule.of(
                header("US")
                    .putItems(
                        Tag.SequenceOfUltrasoundRegions,
                        region(0, 0, 199, 99),
                        region(500, 500, 600, 600))))
        .isInstanceOf(Cleaning.Refused.class);
  }

  @Test
  void a_mask_of_the_site_makes_its_areas_black_also_where_text_is_burned_in() {
    var when = ((Parsed.Valid) Parsed.of("Modality = US and Manufacturer = Acme")).expression();
    CleanPixelData masked =
        new CleanPixelData(List.of(new Mask(when, List.of(new Area(0, 0, 1, 0.105)))));
    DataSet header =
        header("US").putString(Tag.Manufacturer, "Acme").putString(Tag.BurnedInAnnotation, "YES");
    BufferedImage cleaned = masked.of(header).applyTo(white());
    assertThat(cleaned.getRaster().getSample(5, 10, 0)).as("a row covered in part").isZero();
    assertThat(cleaned.getRaster().getSample(5, 11, 0)).isEqualTo(255);
    assertThat(masked.of(header("US"))).isInstanceOf(Cleaning.Refused.class);
  }

  private static BufferedImage white() {
    BufferedImage image = new BufferedImage(200, 100, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, 200, 100);
    graphics.dispose();
    return image;
  }
}
