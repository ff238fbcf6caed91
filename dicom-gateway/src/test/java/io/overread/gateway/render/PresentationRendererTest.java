package io.overread.gateway.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.pixel.GeneratedImage;
import io.overread.dicom.pixel.PixelLimits;
import io.overread.dicom.pixel.Undecodable.Cause;
import io.overread.dicom.presentation.FrameReference;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What of a presentation state DCMTK doesn't draw, worked out by hand")
class PresentationRendererTest {
  private static final FrameReference FRAME = new FrameReference("2.25.1", 1);

  private final FrameRenderer renderer = new FrameRenderer(PixelLimits.STANDARD);
  @TempDir private Path folder;

  @Test
  void a_rectangular_shutter_shows_what_lies_on_its_edges() {
    DataSet state = state().putString(Tag.ShutterShape, "RECTANGULAR");
    state.putInteger(Tag.ShutterLeftVerticalEdge, 2).putInteger(Tag.ShutterRightVerticalEdge, 3);
    state.putInteger(Tag.ShutterUpperHorizontalEdge, 1);
    state.putInteger(Tag.ShutterLowerHorizontalEdge, 2);
    state.putInteger(Tag.ShutterPresentationValue, 0x3000);
    assertThat(greys(flat(3, 4, 200), state))
        .containsExactly("48 200 200 48", "48 200 200 48", "48 48 48 48");
  }

  @Test
  void circular_and_polygonal_shutters_hide_what_lies_outside() {
    DataSet round = state().putString(Tag.ShutterShape, "CIRCULAR");
    round.putInteger(Tag.CenterOfCircularShutter, 2, 2).putInteger(Tag.RadiusOfCircularShutter, 1);
    assertThat(greys(flat(3, 3, 200), round)).containsExactly("0 200 0", "200 200 200", "0 200 0");
    DataSet angular = state().putString(Tag.ShutterShape, "POLYGONAL");
    angular.putInteger(Tag.VerticesOfThePolygonalShutter, 1, 1, 1, 5, 5, 1);
    assertThat(greys(flat(4, 4, 200), angular))
        .containsExactly("200 200 200 200", "200 200 200 0", "200 200 0 0", "200 0 0 0");
  }

  @Test
  void a_bitmap_shutter_hides_what_its_overlay_marks() {
    DataSet state = state().putString(Tag.ShutterShape, "BITMAP");
    state.putInteger(Tag.ShutterOverlayGroup, 0x6000);
    overlay(state, 0x6000, 1, 4, 0b0110);
    assertThat(greys(flat(1, 4, 200), state)).containsExactly("200 0 0 200");
  }

  @Test
  void the_displayed_area_may_cut_the_image_and_reach_beyond_it() {
    DataSet image = GeneratedImage.octets("MONOCHROME2", 2, 3, 1, 2, 3, 4, 5, 6);
    assertThat(greys(image, area(state(), 2, 1, 3, 2))).containsExactly("2 3", "5 6");
    assertThat(greys(image, area(state(), 0, 2, 4, 3))).containsExactly("0 4 5 6 0", "0 0 0 0 0");
  }

  @Test
  void an_area_that_is_turned_has_its_rows_as_columns() {
    DataSet image = GeneratedImage.octets("MONOCHROME2", 2, 3, 1, 2, 3, 4, 5, 6);
    DataSet state = area(state(), 2, 2, 3, 1).putInteger(Tag.ImageRotation, 90);
    assertThat(greys(image, state)).containsExactly("5 2", "6 3");
  }

  @Test
  void pixels_that_are_not_square_are_stretched() {
    DataSet tall = area(state(), 1, 1, 8, 4);
    tall.item(Tag.DisplayedAreaSelectionSequence)
        .orElseThrow()
        .putString(Tag.PresentationPixelAspectRatio, "2", "1");
    BufferedImage picture = picture(flat(4, 8, 200), tall);
    assertThat(picture.getWidth()).isEqualTo(8);
    assertThat(picture.getHeight()).isEqualTo(8);
  }

  @Test
  void an_area_of_any_size_takes_a_bounded_picture() {
    DataSet state = area(state(), -900_000, -900_000, 900_000, 900_000);
    BufferedImage picture = picture(flat(1, 1, 200), state);
    assertThat((long) picture.getWidth() * picture.getHeight()).isLessThanOrEqualTo(1 << 24);
  }

  @Test
  void an_overlay_is_drawn_in_the_colour_of_the_layer_that_activates_it_and_no_other_is() {
    DataSet image = flat(1, 4, 0);
    overlay(image, 0x6000, 1, 4, 0b0001);
    overlay(image, 0x6002, 1, 4, 0b0010);
    DataSet state = state().putString(0x6002_1001, Vr.CS, "MARKS");
    state.putItems(
        Tag.GraphicLayerSequence,
        new DataSet()
            .putString(Tag.GraphicLayer, "MARKS")
            .putInteger(Tag.GraphicLayerOrder, 1)
            .putInteger(Tag.GraphicLayerRecommendedDisplayGrayscaleValue, 0xa0a0));
    assertThat(greys(image, state)).containsExactly("0 160 0 0");
  }

  @Test
  void an_overlay_of_the_state_takes_the_place_of_the_images() {
    DataSet image = flat(1, 4, 0);
    overlay(image, 0x6000, 1, 4, 0b0001);
    DataSet state = state().putString(0x6000_1001, Vr.CS, "MARKS");
    overlay(state, 0x6000, 1, 4, 0b1000);
    assertThat(greys(image, state)).containsExactly("0 0 0 255");
  }

  @Test
  void graphic_objects_are_drawn_where_their_units_say_and_turn_with_the_image() {
    DataSet state = area(state(), 1, 1, 40, 20).putInteger(Tag.ImageRotation, 90);
    annotate(
        state,
        graphic("PIXEL", "POLYLINE", 10, 5.5, 30, 5.5),
        graphic("DISPLAY", "CIRCLE", 0.5, 0.5, 0.6, 0.5).putString(Tag.GraphicFilled, "Y"));
    BufferedImage picture = picture(flat(20, 40, 0), state);
    assertThat(picture.getWidth()).isEqualTo(20);
    // Row 5 of the image is column 14 of what is turned clockwise.
    assertThat(grey(picture, 14, 20)).isGreaterThan(200);
    assertThat(grey(picture, 14, 5)).isZero();
    assertThat(grey(picture, 10, 20)).isGreaterThan(200);
    assertThat(grey(picture, 4, 20)).isZero();
  }

  @Test
  void points_curves_and_ellipses_are_drawn() {
    DataSet state = state();
    annotate(
        state,
        graphic("PIXEL", "POINT", 10, 10),
        graphic("PIXEL", "INTERPOLATED", 20, 30, 30, 40, 40, 30),
        graphic("PIXEL", "ELLIPSE", 50, 20, 70, 20, 60, 15, 60, 25));
    BufferedImage picture = picture(flat(60, 80, 0), state);
    assertThat(grey(picture, 10, 10)).isGreaterThan(200);
    assertThat(grey(picture, 30, 39) + grey(picture, 30, 40)).isGreaterThan(200);
    assertThat(grey(picture, 50, 19) + grey(picture, 50, 20)).isGreaterThan(100);
    assertThat(grey(picture, 60, 20)).isZero();
  }

  /** Fuzzing found one that was flattened for most of a minute. */
  @Test
  void what_lies_out_of_reach_of_the_picture_is_not_drawn() {
    DataSet state = state();
    annotate(
        state,
        graphic("PIXEL", "CIRCLE", 5, 5, 1e30, 5),
        graphic("PIXEL", "INTERPOLATED", 5, 5, 1e30, -1e30, -1e30, 1e30),
        graphic("DISPLAY", "ELLIPSE", -1e20, 0, 1e20, 0, 0, -1e20, 0, 1e20),
        graphic("PIXEL", "POLYLINE", 10, 5.5, 30, 5.5));
    BufferedImage picture = picture(flat(60, 80, 0), state);
    assertThat(grey(picture, 20, 5)).isGreaterThan(200);
    assertThat(grey(picture, 40, 40)).isZero();
  }

  @Test
  void text_stands_in_its_box_with_a_line_to_a_visible_anchor() {
    DataSet text = new DataSet().putString(Tag.UnformattedTextValue, "MMMM");
    text.putString(Tag.BoundingBoxAnnotationUnits, "PIXEL");
    text.putDecimal(Tag.BoundingBoxTopLeftHandCorner, 10, 10);
    text.putDecimal(Tag.BoundingBoxBottomRightHandCorner, 90, 30);
    text.putString(Tag.BoundingBoxTextHorizontalJustification, "LEFT");
    text.putString(Tag.AnchorPointAnnotationUnits, "PIXEL").putDecimal(Tag.AnchorPoint, 50, 90);
    text.putString(Tag.AnchorPointVisibility, "Y");
    DataSet state =
        state()
            .putItems(
                Tag.GraphicAnnotationSequence,
                new DataSet()
                    .putString(Tag.GraphicLayer, "L")
                    .putItems(Tag.TextObjectSequence, text));
    BufferedImage picture = picture(flat(100, 100, 0), state);
    assertThat(grey(picture, 50, 90)).isGreaterThan(200);
    if (TextPainter.isPossible()) {
      assertThat(brightest(picture, 10, 10, 50, 25)).isGreaterThan(200);
    }
    assertThat(brightest(picture, 60, 40, 99, 80)).isZero();
  }

  @Test
  void padding_stays_black_through_an_inverse_shape() {
    DataSet image = flat(1, 2, 10);
    image.putBytes(Tag.PixelData, Vr.OB, GeneratedImage.bytes(10, 0));
    image.putInteger(Tag.PixelPaddingValue, 0);
    assertThat(greys(image, state().putString(Tag.PresentationLUTShape, "INVERSE")))
        .containsExactly("245 0");
  }

  @Test
  void a_state_of_other_images_or_of_colour_is_refused_with_the_reason() {
    Path image = write(flat(1, 1, 0));
    Path state = write(state());
    assertThat(renderer.present(image, new FrameReference("2.25.9", 1), state))
        .isEqualTo(new NotRendered(Cause.ABSENT, "the presentation state is about other images"));
    Path color = write(GeneratedImage.octets("RGB", 1, 1, 1, 2, 3));
    assertThat(renderer.present(color, FRAME, state))
        .isEqualTo(
            new NotRendered(Cause.UNSUPPORTED, "a grayscale presentation state of a colour image"));
  }

  @Test
  void overlays_never_reach_the_picture_that_the_model_sees() {
    DataSet image = flat(1, 4, 7);
    overlay(image, 0x6000, 1, 4, 0b1111);
    Path file = write(image);
    BufferedImage seen = ((RenderedImage) renderer.render(file, 1, null)).image();
    assertThat(seen.getRaster().getPixels(0, 0, 4, 1, (int[]) null)).containsOnly(7);
    assertThat(((FramePixels) renderer.pixels(file, 1)).overlaid()).isTrue();
    BufferedImage overlays = ((RenderedImage) renderer.overlays(file, 1)).image();
    assertThat(overlays.getRGB(0, 0)).isEqualTo(0xffffd60a);
  }

  @Test
  void what_of_the_overlays_can_not_be_read_is_named_with_the_reason() {
    DataSet image = flat(1, 4, 7);
    overlay(image, 0x6000, 1, 4, 0b1111);
    overlay(image, 0x6002, 1, 4, 0b1111);
    image.putInteger(Tag.OverlayRows + 0x2_0000, 40);
    DataSet state = state();
    overlay(state, 0x6004, 1, 4, 0b1111);
    state.putInteger(Tag.OverlayColumns + 0x4_0000, 0);

    Path file = write(image);
    assertThat(renderer.notShown(file, FRAME, null))
        .singleElement()
        .asString()
        .startsWith("overlay 6002: ");
    assertThat(renderer.notShown(file, FRAME, write(state)))
        .hasSize(2)
        .last()
        .asString()
        .startsWith("overlay 6004: ")
        .endsWith("(of the presentation state)");
  }

  @Test
  void an_active_image_area_is_not_drawn() {
    DataSet image = flat(1, 4, 7);
    overlay(image, 0x6000, 1, 4, 0b1111);
    image.putString(Tag.OverlaySubtype, "ACTIVE IMAGE AREA");
    BufferedImage overlays = ((RenderedImage) renderer.overlays(write(image), 1)).image();
    assertThat(overlays.getRGB(0, 0) >>> 24).isZero();
  }

  private static DataSet flat(int rows, int columns, int grey) {
    int[] values = new int[rows * columns];
    Arrays.fill(values, grey);
    return GeneratedImage.octets("MONOCHROME2", rows, columns, values);
  }

  private static DataSet state() {
    DataSet image = new DataSet().putString(Tag.ReferencedSOPInstanceUID, FRAME.sopInstanceUid());
    return new DataSet()
        .putItems(
            Tag.ReferencedSeriesSequence,
            new DataSet().putItems(Tag.ReferencedImageSequence, image))
        .putString(Tag.PresentationLUTShape, "IDENTITY");
  }

  private static DataSet area(DataSet state, int left, int top, int right, int bottom) {
    return state.putItems(
        Tag.DisplayedAreaSelectionSequence,
        new DataSet()
            .putInteger(Tag.DisplayedAreaTopLeftHandCorner, left, top)
            .putInteger(Tag.DisplayedAreaBottomRightHandCorner, right, bottom));
  }

  private static void overlay(DataSet dataSet, int group, int rows, int columns, int octet) {
    int shift = group - 0x6000 << 16;
    dataSet.putInteger(Tag.OverlayRows + shift, rows);
    dataSet.putInteger(Tag.OverlayColumns + shift, columns);
    dataSet.putBytes(Tag.OverlayData + shift, Vr.OW, GeneratedImage.bytes(octet, 0));
  }

  private static DataSet graphic(String units, String type, double... points) {
    return new DataSet()
        .putString(Tag.GraphicAnnotationUnits, units)
        .putString(Tag.GraphicType, type)
        .putDecimal(Tag.GraphicData, points);
  }

  private static void annotate(DataSet state, DataSet... graphics) {
    state.putItems(
        Tag.GraphicAnnotationSequence,
        new DataSet()
            .putString(Tag.GraphicLayer, "L")
            .putItems(Tag.GraphicObjectSequence, graphics));
  }

  private Path write(DataSet dataSet) {
    return GeneratedImage.write(folder, Uid.ExplicitVRLittleEndian, dataSet);
  }

  private BufferedImage picture(DataSet image, DataSet state) {
    Rendering rendering = renderer.present(write(image), FRAME, write(state));
    assertThat(rendering).isInstanceOf(RenderedImage.class);
    return ((RenderedImage) rendering).image();
  }

  private List<String> greys(DataSet image, DataSet state) {
    BufferedImage picture = picture(image, state);
    return IntStream.range(0, picture.getHeight())
        .mapToObj(
            row ->
                String.join(
                    " ",
                    IntStream.range(0, picture.getWidth())
                        .mapToObj(column -> "" + grey(picture, column, row))
                        .toList()))
        .toList();
  }

  private static int brightest(BufferedImage picture, int left, int top, int right, int bottom) {
    int brightest = 0;
    for (int row = top; row <= bottom; row++) {
      for (int column = left; column <= right; column++) {
        brightest = Math.max(brightest, grey(picture, column, row));
      }
    }
    return brightest;
  }

  private static int grey(BufferedImage picture, int column, int row) {
    return picture.getRGB(column, row) & 0xff;
  }
}
