package io.overread.service.viewer;

import io.overread.dicom.pixel.Window;
import io.overread.service.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * How a frame is to be rendered.
 *
 * @param center of the window, in the modality's values
 * @param width of the window
 * @param size of the longer side of the picture, at most; from 16
 * @param overlays whether overlays are drawn; not if absent
 * @param presentationState SOP Instance UID of the state to apply; it decides about all but the
 *     size
 */
record RenderedParameters(
    @Nullable Double center,
    @Nullable Double width,
    @Nullable Integer size,
    @Nullable Boolean overlays,
    @Nullable String presentationState) {

  boolean drawsOverlays() {
    return overlays != null && overlays;
  }

  /** The window asked for; null if none is. */
  @Nullable Window window() {
    if (center == null || width == null) {
      return null;
    }
    if (!Double.isFinite(center) || !(width >= 1) || width > 1e9) {
      throw new Problem(HttpStatus.BAD_REQUEST, "center has to be a number, width at least 1.");
    }
    return Window.linear(center, width);
  }
}
