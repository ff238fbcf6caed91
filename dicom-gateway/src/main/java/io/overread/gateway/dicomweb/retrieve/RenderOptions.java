package io.overread.gateway.dicomweb.retrieve;

import io.overread.dicom.pixel.VoiLutFunction;
import io.overread.dicom.pixel.Window;
import io.overread.gateway.dicomweb.DicomwebProblem;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a picture is wanted (PS3.18 8.3.5).
 *
 * @param quality of a JPEG picture, 1 to 100
 */
record RenderOptions(@Nullable Window window, @Nullable Viewport viewport, int quality) {

  private static final int DEFAULT_QUALITY = 90;
  private static final int LARGEST_SIDE = 8192;

  /**
   * The picture's size in pixels, and which part of the image fills it.
   *
   * @param source in pixels of the image; null for all of it
   */
  record Viewport(int width, int height, @Nullable Source source) {}

  /** A part of the image. */
  record Source(int x, int y, int width, int height) {}

  /**
   * The options of a request.
   *
   * @param standard the viewport where none is named
   */
  static RenderOptions of(HttpServletRequest request, @Nullable Viewport standard) {
    Viewport viewport = viewport(request.getParameter("viewport"));
    return new RenderOptions(
        window(request.getParameter("window")),
        viewport == null ? standard : viewport,
        quality(request.getParameter("quality")));
  }

  private static int quality(@Nullable String text) {
    if (text == null) {
      return DEFAULT_QUALITY;
    }
    if (!text.matches("[1-9][0-9]?|100")) {
      throw DicomwebProblem.badRequest("quality is a number from 1 to 100.");
    }
    return Integer.parseInt(text);
  }

  /** center, width and function (8.3.5.1.4). */
  private static @Nullable Window window(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String[] values = text.split(",", -1);
    try {
      VoiLutFunction function =
          switch (values.length > 2 ? values[2].toLowerCase(Locale.ROOT) : "linear") {
            case "linear" -> VoiLutFunction.LINEAR;
            case "linear-exact" -> VoiLutFunction.LINEAR_EXACT;
            case "sigmoid" -> VoiLutFunction.SIGMOID;
            default -> throw new IllegalArgumentException("no such function");
          };
      if (values.length < 2 || values.length > 3) {
        throw new IllegalArgumentException("a center and a width");
      }
      return new Window(Double.parseDouble(values[0]), Double.parseDouble(values[1]), function);
    } catch (IllegalArgumentException malformed) {
      throw DicomwebProblem.badRequest(
          "window is center,width or center,width,function, where function is linear, linear-exact"
              + " or sigmoid, and the width at least 1 for linear.");
    }
  }

  /** Width and height, and the part of the image: left, top, width and height (8.3.5.1.3). */
  private static @Nullable Viewport viewport(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String[] values = text.split(",", -1);
    if (!text.matches("[0-9]{1,5}(,[0-9]{1,5}){1,5}")
        || (values.length != 2 && values.length != 6)) {
      throw DicomwebProblem.badRequest(
          "viewport is width,height or width,height,left,top,width,height of the image, in whole"
              + " pixels; mirrored parts aren't made.");
    }
    int width = side(values[0]);
    int height = side(values[1]);
    return new Viewport(
        width,
        height,
        values.length == 2
            ? null
            : new Source(
                Integer.parseInt(values[2]),
                Integer.parseInt(values[3]),
                Integer.parseInt(values[4]),
                Integer.parseInt(values[5])));
  }

  private static int side(String text) {
    int side = Integer.parseInt(text);
    if (side < 1 || side > LARGEST_SIDE) {
      throw DicomwebProblem.badRequest("A side of the viewport is 1 to " + LARGEST_SIDE + ".");
    }
    return side;
  }
}
