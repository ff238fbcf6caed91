package io.overread.dicom.pixel;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.pixel.PixelSpacing.Plane;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How large pixels are (PS3.3 10.7.1, C.7.6.3.1.7) and where frames lie (C.7.6.16). */
class FrameGeometryTest {

  @Test
  void Pixel_Spacing_that_differs_from_the_detectors_is_that_in_the_patient() {
    DataSet image = new DataSet().putString(Tag.PixelSpacing, "0.16", "0.16");
    image.putString(Tag.ImagerPixelSpacing, "0.2", "0.2");
    assertThat(geometry(image, 1).spacing()).contains(new PixelSpacing(0.16, 0.16, Plane.PATIENT));
  }

  @Test
  void Pixel_Spacing_that_repeats_the_detectors_is_not_calibrated_unless_it_says_so() {
    DataSet image = new DataSet().putString(Tag.PixelSpacing, "0.2", "0.2");
    image.putString(Tag.ImagerPixelSpacing, "0.2", "0.2");
    assertThat(geometry(image, 1).spacing()).contains(new PixelSpacing(0.2, 0.2, Plane.IMAGER));
    image.putString(Tag.PixelSpacingCalibrationType, "FIDUCIAL");
    assertThat(geometry(image, 1).spacing()).contains(new PixelSpacing(0.2, 0.2, Plane.PATIENT));
  }

  @Test
  void without_any_other_the_spacing_of_the_scanned_film_counts() {
    DataSet image = new DataSet().putString(Tag.NominalScannedPixelSpacing, "0.1", "0.2");
    assertThat(geometry(image, 1).spacing())
        .contains(new PixelSpacing(0.1, 0.2, Plane.SCANNED_FILM));
  }

  @Test
  void Pixel_Aspect_Ratio_counts_where_no_spacing_is_given() {
    DataSet image = new DataSet().putString(Tag.PixelAspectRatio, "4", "3");
    assertThat(geometry(image, 1).pixelAspectRatio()).isEqualTo(4.0 / 3);
    image.putString(Tag.PixelSpacing, "0.5", "0.25");
    assertThat(geometry(image, 1).pixelAspectRatio()).isEqualTo(2);
  }

  @Test
  void spacing_that_cannot_be_is_passed_over() {
    DataSet image = new DataSet().putString(Tag.PixelSpacing, "0", "0.2");
    image.putString(Tag.ImagerPixelSpacing, "0.2", "0.2");
    assertThat(geometry(image, 1).spacing()).contains(new PixelSpacing(0.2, 0.2, Plane.IMAGER));
  }

  @Test
  void a_frame_of_an_enhanced_object_has_its_own_place_and_the_shared_rest() {
    DataSet shared = new DataSet();
    shared.putItems(Tag.PixelMeasuresSequence, item(Tag.PixelSpacing, "0.7", "0.8"));
    shared.putItems(
        Tag.PlaneOrientationSequence,
        item(Tag.ImageOrientationPatient, "1", "0", "0", "0", "0", "-1"));
    DataSet image = new DataSet().putString(Tag.NumberOfFrames, "2");
    image.putItems(Tag.SharedFunctionalGroupsSequence, shared);
    image.putItems(Tag.PerFrameFunctionalGroupsSequence, frame(1, "-4.5"), frame(2, "-5.5"));
    FrameGeometry second = geometry(image, 2);
    assertThat(second.spacing()).contains(new PixelSpacing(0.7, 0.8, Plane.PATIENT));
    assertThat(second.plane())
        .contains(new ImagePlane(List.of(1.0, 2.0, -5.5), List.of(1.0, 0.0, 0.0, 0.0, 0.0, -1.0)));
    assertThat(second.content().stackId()).contains("S");
    assertThat(second.content().inStackPosition()).hasValue(2);
    assertThat(second.content().temporalPosition()).hasValue(3);
    assertThat(second.content().label()).contains("late");
    assertThat(geometry(image, 1).plane().orElseThrow().position()).containsExactly(1.0, 2.0, -4.5);
  }

  @Test
  void measures_of_a_frame_go_before_the_shared_ones() {
    DataSet image = new DataSet();
    image.putItems(
        Tag.SharedFunctionalGroupsSequence,
        new DataSet().putItems(Tag.PixelMeasuresSequence, item(Tag.PixelSpacing, "0.7", "0.7")));
    image.putItems(
        Tag.PerFrameFunctionalGroupsSequence,
        new DataSet().putItems(Tag.PixelMeasuresSequence, item(Tag.PixelSpacing, "0.3", "0.3")));
    assertThat(geometry(image, 1).spacing()).contains(new PixelSpacing(0.3, 0.3, Plane.PATIENT));
    assertThat(geometry(image, 2).spacing()).contains(new PixelSpacing(0.7, 0.7, Plane.PATIENT));
  }

  @Test
  void a_plane_of_impossible_directions_is_none() {
    DataSet image = item(Tag.ImagePositionPatient, "0", "0", "0");
    image.putString(Tag.ImageOrientationPatient, "0", "0", "0", "0", "1", "0");
    assertThat(geometry(image, 1).plane()).isEmpty();
  }

  private static DataSet frame(int position, String z) {
    DataSet content = new DataSet().putString(Tag.StackID, "S").putString(Tag.FrameLabel, "late");
    content.putInteger(Tag.InStackPositionNumber, position);
    content.putInteger(Tag.TemporalPositionIndex, 3);
    return new DataSet()
        .putItems(Tag.FrameContentSequence, content)
        .putItems(Tag.PlanePositionSequence, item(Tag.ImagePositionPatient, "1", "2", z));
  }

  private static DataSet item(int tag, String... values) {
    return new DataSet().putString(tag, values);
  }

  private static FrameGeometry geometry(DataSet dataSet, int frame) {
    return FrameGeometry.read(new FrameAttributes(dataSet, frame));
  }
}
