package io.overread.service.viewer;

import io.overread.dicom.pixel.FrameGeometry;
import io.overread.gateway.render.FramePixels;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.UriUtils;

/** The headers that describe the values of a frame. */
final class FrameHeaders {
  /** Characters; sixteen overlays with long reasons don't fit, and needn't. */
  private static final int LONGEST = 500;

  private FrameHeaders() {}

  static ResponseEntity.BodyBuilder describe(
      ResponseEntity.BodyBuilder answer, FramePixels pixels) {
    var raster = pixels.raster();
    answer
        .header("X-Rows", Integer.toString(raster.rows()))
        .header("X-Columns", Integer.toString(raster.columns()))
        .header("X-Samples", Integer.toString(raster.samplesPerPixel()))
        .header("X-Bits", Integer.toString(raster.bits()))
        .header("X-Signed", Boolean.toString(raster.signed()))
        .header("X-Slope", Double.toString(pixels.slope()))
        .header("X-Intercept", Double.toString(pixels.intercept()))
        .header("X-Window-Center", Double.toString(pixels.window().center()))
        .header("X-Window-Width", Double.toString(pixels.window().width()))
        .header("X-Window-Function", pixels.window().function().name())
        .header("X-Inverted", Boolean.toString(pixels.inverted()))
        .header("X-Overlays", Boolean.toString(pixels.overlaid()));
    place(answer, pixels.geometry());
    return answer;
  }

  /** What lies on the frame and isn't shown, in one line that a header can hold. */
  static ResponseEntity.BodyBuilder notShown(
      ResponseEntity.BodyBuilder answer, List<String> notShown) {
    if (notShown.isEmpty()) {
      return answer;
    }
    String line = String.join("; ", notShown);
    String words = line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    return answer.header("X-Not-Shown", UriUtils.encode(words, StandardCharsets.UTF_8));
  }

  private static void place(ResponseEntity.BodyBuilder answer, FrameGeometry geometry) {
    answer.header("X-Pixel-Aspect-Ratio", Double.toString(geometry.pixelAspectRatio()));
    geometry
        .spacing()
        .ifPresent(
            spacing -> answer.header("X-Pixel-Spacing", spacing.row() + "\\" + spacing.column()));
    geometry
        .plane()
        .ifPresent(
            plane ->
                answer
                    .header("X-Image-Position", values(plane.position()))
                    .header("X-Image-Orientation", values(plane.orientation())));
    // A label may hold any character, a header only some.
    geometry
        .content()
        .label()
        .ifPresent(
            label ->
                answer.header("X-Frame-Label", UriUtils.encode(label, StandardCharsets.UTF_8)));
  }

  private static String values(List<Double> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining("\\"));
  }
}
