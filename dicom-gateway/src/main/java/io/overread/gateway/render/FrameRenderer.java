package io.overread.gateway.render;

import io.overread.dicom.pixel.DecodedFrame;
import io.overread.dicom.pixel.FrameDecoder;
import io.overread.dicom.pixel.FrameDecoding;
import io.overread.dicom.pixel.FrameRaster;
import io.overread.dicom.pixel.Grayscale;
import io.overread.dicom.pixel.ModalityTransformation;
import io.overread.dicom.pixel.PixelLimits;
import io.overread.dicom.pixel.Presentation;
import io.overread.dicom.pixel.Undecodable;
import io.overread.dicom.pixel.VoiTransformation;
import io.overread.dicom.pixel.Window;
import io.overread.dicom.presentation.FrameReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes images of stored instances. Reads of a file its header and the one frame, and keeps nothing
 * of it. Safe for use by several threads.
 *
 * <p>Whatever is in the file, the answer is an image or a {@link NotRendered}; only a file that
 * can't be read is an {@link UncheckedIOException}.
 */
public final class FrameRenderer {
  private static final ModalityTransformation.Rescale TABULATED =
      new ModalityTransformation.Rescale(1, 0);

  private final FrameDecoder decoder;
  private final PresentationRenderer presentations;
  private final Semaphore turns;

  /** Renders frames within limits, as many at a time as there are processors. */
  public FrameRenderer(PixelLimits limits) {
    this.decoder = new FrameDecoder(limits);
    this.presentations = new PresentationRenderer(limits);
    this.turns = new Semaphore(Runtime.getRuntime().availableProcessors(), true);
  }

  /**
   * Renders a frame.
   *
   * @param frame from 1
   * @param window the window to use; null for the first that the data set asks for, else its VOI
   *     LUT, else one made from the frame's values. Without effect on colour
   */
  public Rendering render(Path file, int frame, @Nullable Window window) {
    return inTurn(
        () ->
            switch (decode(file, frame)) {
              case Undecodable undecodable -> NotRendered.of(undecodable);
              case DecodedFrame decoded -> render(decoded, window);
            });
  }

  /**
   * A frame's values, for a viewer that applies windows itself.
   *
   * @param frame from 1
   */
  public Pixels pixels(Path file, int frame) {
    return inTurn(
        () ->
            switch (decode(file, frame)) {
              case Undecodable undecodable -> NotRendered.of(undecodable);
              case DecodedFrame decoded -> pixels(decoded);
            });
  }

  /**
   * The overlays of a frame as a picture of their own: marked pixels opaque, all others clear.
   *
   * @param frame from 1
   */
  public Rendering overlays(Path file, int frame) {
    return inTurn(() -> presentations.overlays(file, frame));
  }

  /**
   * A frame as a presentation state shows it, in colour as its annotations may be; the state's own
   * geometry is in the picture already.
   *
   * @param state the file of the state
   * @param image the frame, from 1, with the instance that {@code file} holds
   */
  public Rendering present(Path file, FrameReference image, Path state) {
    return inTurn(() -> presentations.present(file, image, state));
  }

  /**
   * What lies on a frame and can't be shown, each with its reason: group numbers, attribute names
   * and numbers only.
   *
   * @param image the frame, from 1, with the instance that {@code file} holds
   * @param state the file of the presentation state with which it is shown; null for none
   */
  public List<String> notShown(Path file, FrameReference image, @Nullable Path state) {
    return inTurn(() -> presentations.notShown(file, image, state));
  }

  /** A frame takes much memory while it is being made: no more of them than can be worked on. */
  private <T> T inTurn(Supplier<T> work) {
    turns.acquireUninterruptibly();
    try {
      return work.get();
    } finally {
      turns.release();
    }
  }

  private FrameDecoding decode(Path file, int frame) {
    try {
      return decoder.decode(file, frame);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static RenderedImage render(DecodedFrame decoded, @Nullable Window window) {
    FrameRaster stored = decoded.stored();
    return switch (decoded.presentation()) {
      case Grayscale grayscale -> {
        VoiTransformation voi = window == null ? decoded.defaultVoi(grayscale) : window;
        byte[] greys = grayscale.eightBits(stored, voi);
        yield new RenderedImage(
            Images.gray(stored.columns(), stored.rows(), greys),
            voi instanceof Window used ? Optional.of(used) : Optional.empty(),
            decoded.geometry());
      }
      case Presentation.Color color -> colored(decoded, decoded.rgb(color));
      case Presentation.Indexed indexed -> colored(decoded, decoded.rgb(indexed));
    };
  }

  private static RenderedImage colored(DecodedFrame decoded, byte[] rgb) {
    FrameRaster stored = decoded.stored();
    return new RenderedImage(
        Images.rgb(stored.columns(), stored.rows(), rgb), Optional.empty(), decoded.geometry());
  }

  private static FramePixels pixels(DecodedFrame decoded) {
    return switch (decoded.presentation()) {
      case Grayscale grayscale -> grayPixels(decoded, grayscale);
      case Presentation.Color color -> finished(decoded, 3, decoded.rgb(color));
      case Presentation.Indexed indexed -> finished(decoded, 3, decoded.rgb(indexed));
    };
  }

  private static FramePixels grayPixels(DecodedFrame decoded, Grayscale grayscale) {
    FrameRaster stored = decoded.stored();
    VoiTransformation voi = decoded.defaultVoi(grayscale);
    if (!(voi instanceof Window window) || stored.bits() > Short.SIZE) {
      return finished(decoded, 1, grayscale.eightBits(stored, voi));
    }
    FrameRaster shown = grayscale.withoutPadding(stored);
    boolean rescaled = grayscale.modality() instanceof ModalityTransformation.Rescale;
    return new FramePixels(
        rescaled ? shown : grayscale.tabulated(shown),
        grayscale.modality() instanceof ModalityTransformation.Rescale stated ? stated : TABULATED,
        window,
        grayscale.inverted(),
        decoded.geometry(),
        decoded.overlaid());
  }

  private static FramePixels finished(DecodedFrame decoded, int samples, byte[] octets) {
    FrameRaster stored = decoded.stored();
    var raster =
        new FrameRaster(stored.rows(), stored.columns(), samples, Byte.SIZE, false, octets);
    return FramePixels.finished(raster, decoded.geometry(), decoded.overlaid());
  }
}
