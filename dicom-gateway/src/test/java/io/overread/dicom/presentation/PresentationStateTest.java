package io.overread.dicom.presentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.pixel.Grayscale;
import io.overread.dicom.pixel.ModalityTransformation;
import io.overread.dicom.pixel.StoredBits;
import io.overread.dicom.pixel.Window;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Grayscale Softcopy Presentation States (PS3.3 A.33.1)")
class PresentationStateTest {
  private static final FrameReference FIRST = new FrameReference("2.25.1", 1);
  private static final StoredBits BITS = new StoredBits(16, 12, 11, true);

  @Test
  void it_is_about_the_images_and_frames_that_it_refers_to() {
    PresentationState state =
        new PresentationState(
            new DataSet()
                .putItems(
                    Tag.ReferencedSeriesSequence,
                    new DataSet()
                        .putItems(
                            Tag.ReferencedImageSequence, image("2.25.1"), image("2.25.2", "2"))));
    assertThat(state.refersTo(FIRST)).isTrue();
    assertThat(state.refersTo(new FrameReference("2.25.2", 1))).isFalse();
    assertThat(state.refersTo(new FrameReference("2.25.2", 2))).isTrue();
    assertThat(state.refersTo(new FrameReference("2.25.3", 1))).isFalse();
  }

  @Test
  void what_it_leaves_out_is_an_identity_whatever_the_image_says() {
    Grayscale steps = new PresentationState(new DataSet()).grayscale(FIRST, BITS, Optional.empty());
    assertThat(steps.modality()).isEqualTo(new ModalityTransformation.Rescale(1, 0));
    assertThat(steps.voi()).contains(Window.spanning(-2048, 2047));
    assertThat(steps.inverted()).isFalse();
  }

  @Test
  void the_first_VOI_LUT_that_is_about_the_frame_counts() {
    DataSet other = window("1", "2").putItems(Tag.ReferencedImageSequence, image("2.25.9"));
    DataSet mine = window("40", "400").putItems(Tag.ReferencedImageSequence, image("2.25.1"));
    DataSet all = window("5", "6");
    DataSet state = new DataSet().putItems(Tag.SoftcopyVOILUTSequence, other, mine, all);
    assertThat(new PresentationState(state).grayscale(FIRST, BITS, Optional.empty()).voi())
        .contains(Window.linear(40, 400));
  }

  @Test
  void the_displayed_area_has_its_corners_in_any_order() {
    DataSet area = new DataSet().putInteger(Tag.DisplayedAreaTopLeftHandCorner, 30, 1);
    area.putInteger(Tag.DisplayedAreaBottomRightHandCorner, 11, 20);
    area.putString(Tag.PresentationPixelAspectRatio, "3", "2");
    DataSet state = new DataSet().putItems(Tag.DisplayedAreaSelectionSequence, area);
    assertThat(new PresentationState(state).displayedArea(FIRST))
        .contains(new DisplayedArea(11, 1, 30, 20, 1.5));
  }

  @Test
  void annotations_come_in_the_order_of_their_layers_in_the_layers_colours() {
    DataSet state = new DataSet();
    state.putItems(
        Tag.GraphicLayerSequence,
        layer("TOP", 2).putInteger(Tag.GraphicLayerRecommendedDisplayGrayscaleValue, 0x80ff),
        // CIELab of the red of sRGB
        layer("BELOW", 1)
            .putInteger(Tag.GraphicLayerRecommendedDisplayCIELabValue, 35589, 53661, 50861));
    state.putItems(Tag.GraphicAnnotationSequence, line("TOP"), line("BELOW"), line("NONE"));
    PresentationState read = new PresentationState(state);
    assertThat(read.annotations(FIRST))
        .extracting(Annotation::layer)
        .containsExactly("BELOW", "TOP", "NONE");
    assertThat(read.layer("TOP").rgb()).isEqualTo(0x808080);
    assertThat(read.layer("NONE").rgb()).isEqualTo(0xffffff);
    int red = read.layer("BELOW").rgb();
    assertThat(red >> 16).isGreaterThan(250);
    assertThat(red & 0xffff).satisfies(rest -> assertThat(rest >> 8).isLessThan(12));
  }

  @Test
  void overlays_are_shown_only_if_a_layer_activates_them() {
    DataSet state = new DataSet().putString(0x6002_1001, Vr.CS, "OVERLAY");
    assertThat(new PresentationState(state).activeOverlays()).containsOnlyKeys(0x6002);
  }

  @Test
  void text_has_its_box_its_anchor_and_its_lines() {
    DataSet text = new DataSet().putString(Tag.UnformattedTextValue, "one\r\ntwo");
    text.putString(Tag.BoundingBoxAnnotationUnits, "DISPLAY");
    text.putDecimal(Tag.BoundingBoxTopLeftHandCorner, 0.25, 0.5);
    text.putDecimal(Tag.BoundingBoxBottomRightHandCorner, 0.75, 0.75);
    text.putString(Tag.BoundingBoxTextHorizontalJustification, "CENTER");
    text.putString(Tag.AnchorPointAnnotationUnits, "PIXEL");
    text.putDecimal(Tag.AnchorPoint, 3, 4);
    text.putString(Tag.AnchorPointVisibility, "Y");
    DataSet state =
        new DataSet()
            .putItems(
                Tag.GraphicAnnotationSequence,
                new DataSet()
                    .putString(Tag.GraphicLayer, "L")
                    .putItems(Tag.TextObjectSequence, text));
    TextObject read = new PresentationState(state).annotations(FIRST).getFirst().texts().getFirst();
    assertThat(read.lines()).containsExactly("one", "two");
    assertThat(read.box().orElseThrow().justification()).isEqualTo(TextObject.Justification.CENTER);
    assertThat(read.anchor())
        .contains(new TextObject.Anchor(Annotation.Units.PIXEL, new Annotation.Point(3, 4), true));
  }

  @Test
  void what_is_not_done_is_named() {
    DataSet state = new DataSet().putString(0x5000_1001, Vr.CS, "CURVES");
    state.putItems(Tag.MaskSubtractionSequence, new DataSet());
    state.putItems(
        Tag.DisplayedAreaSelectionSequence,
        new DataSet().putString(Tag.PresentationSizeMode, "TRUE SIZE"));
    state.putInteger(Tag.ImageRotation, 45);
    state.putString(Tag.ShutterShape, "STAR");
    state.putItems(Tag.ModalityLUTSequence, new DataSet());
    state.putItems(
        Tag.GraphicAnnotationSequence,
        line("L").putItems(Tag.CompoundGraphicSequence, new DataSet()),
        new DataSet()
            .putItems(
                Tag.GraphicObjectSequence,
                new DataSet()
                    .putString(Tag.GraphicType, "STAR")
                    .putItems(Tag.LineStyleSequence, new DataSet()))
            .putItems(Tag.TextObjectSequence, new DataSet()));
    assertThat(new PresentationState(state).notApplied())
        .containsExactly(
            "mask subtraction",
            "curves",
            "size mode TRUE SIZE: the area is scaled to fit",
            "a rotation by other than right angles",
            "a shutter of unknown shape",
            "a Modality LUT that cannot be read",
            "a graphic object of unknown type or form",
            "a text object without a place",
            "compound graphics",
            "line and fill styles");
  }

  @Test
  void a_state_of_all_that_can_be_done_names_nothing() {
    DataSet state = new DataSet().putInteger(Tag.ImageRotation, 90);
    state.putItems(Tag.GraphicAnnotationSequence, line("L"));
    assertThat(new PresentationState(state).notApplied()).isEmpty();
  }

  private static DataSet image(String uid, String... frames) {
    DataSet item = new DataSet().putString(Tag.ReferencedSOPInstanceUID, uid);
    return frames.length == 0 ? item : item.putString(Tag.ReferencedFrameNumber, frames);
  }

  private static DataSet window(String center, String width) {
    return new DataSet().putString(Tag.WindowCenter, center).putString(Tag.WindowWidth, width);
  }

  private static DataSet layer(String name, int order) {
    return new DataSet().putString(Tag.GraphicLayer, name).putInteger(Tag.GraphicLayerOrder, order);
  }

  private static DataSet line(String layer) {
    DataSet object = new DataSet().putString(Tag.GraphicAnnotationUnits, "PIXEL");
    object.putString(Tag.GraphicType, "POLYLINE").putDecimal(Tag.GraphicData, 1, 1, 5, 5);
    return new DataSet()
        .putString(Tag.GraphicLayer, layer)
        .putItems(Tag.GraphicObjectSequence, object);
  }
}
