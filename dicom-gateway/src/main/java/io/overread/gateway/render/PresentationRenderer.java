package io.overread.gateway.render;

import io.overread.dicom.data.DicomFile;
import io.overread.dicom.data.DicomFormatException;
import io.overread.dicom.pixel.DecodedFrame;
import io.overread.dicom.pixel.FrameDecoder;
import io.overread.dicom.pixel.FrameGeometry;
import io.overread.dicom.pixel.Grayscale;
import io.overread.dicom.pixel.Overlay;
import io.overread.dicom.pixel.OverlayBitmap;
import io.overread.dicom.pixel.OverlayDecoder;
import io.overread.dicom.pixel.Overlays;
import io.overread.dicom.pixel.PixelLimits;
import io.overread.dicom.pixel.Undecodable;
import io.overread.dicom.presentation.DisplayedArea;
import io.overread.dicom.presentation.FrameReference;
import io.overread.dicom.presentation.GraphicLayer;
import io.overread.dicom.presentation.PresentationState;
import io.overread.dicom.presentation.Shutters;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Overlays and presentation states, for people to look at; the model sees neither. */
final class PresentationRenderer {
  /** Seen on grey as on colour. */
  private static final int OVERLAY_COLOR = 0xffd60a;

  private final FrameDecoder frames;
  private final OverlayDecoder overlays;

  PresentationRenderer(PixelLimits limits) {
    this.frames = new FrameDecoder(limits);
    this.overlays = new OverlayDecoder(limits);
  }

  Rendering overlays(Path file, int frame) {
    try {
      DicomFile image = DicomFile.open(file);
      return switch (frames.decode(image.transferSyntax(), image.dataSet(), frame)) {
        case Undecodable undecodable -> NotRendered.of(undecodable);
        case DecodedFrame decoded ->
            new RenderedImage(
                overlaid(decoded, overlays.decode(image.transferSyntax(), image.dataSet(), frame)),
                Optional.empty(),
                decoded.geometry());
      };
    } catch (DicomFormatException malformed) {
      return NotRendered.malformed(malformed);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  List<String> notShown(Path file, FrameReference frame, @Nullable Path stateFile) {
    try {
      DicomFile image = DicomFile.open(file);
      var notShown =
          new ArrayList<>(
              overlays.decode(image.transferSyntax(), image.dataSet(), frame.frame()).omitted());
      if (stateFile != null) {
        DicomFile state = DicomFile.open(stateFile);
        overlays.decode(state.transferSyntax(), state.dataSet(), 1).omitted().stream()
            .map(omitted -> omitted + " (of the presentation state)")
            .forEach(notShown::add);
      }
      return List.copyOf(notShown);
    } catch (DicomFormatException malformed) {
      return List.of("overlays: the file is malformed");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static BufferedImage overlaid(DecodedFrame decoded, Overlays planes) {
    int columns = decoded.stored().columns();
    int rows = decoded.stored().rows();
    var picture = new BufferedImage(columns, rows, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = picture.createGraphics();
    for (Overlay plane : planes.planes()) {
      if (!plane.isActiveImageArea()) {
        OverlayBitmap bitmap = plane.bitmap();
        graphics.drawImage(Images.mask(bitmap, OVERLAY_COLOR), bitmap.left(), bitmap.top(), null);
      }
    }
    graphics.dispose();
    return picture;
  }

  Rendering present(Path file, FrameReference frame, Path stateFile) {
    try {
      PresentationState state = new PresentationState(DicomFile.open(stateFile).dataSet());
      if (!state.refersTo(frame)) {
        return new NotRendered(
            Undecodable.Cause.ABSENT, "the presentation state is about other images");
      }
      DicomFile image = DicomFile.open(file);
      return switch (frames.decode(image.transferSyntax(), image.dataSet(), frame.frame())) {
        case Undecodable undecodable -> NotRendered.of(undecodable);
        case DecodedFrame decoded when decoded.presentation() instanceof Grayscale own ->
            presented(image, frame, state, new GrayFrame(decoded, own));
        case DecodedFrame colored ->
            new NotRendered(
                Undecodable.Cause.UNSUPPORTED, "a grayscale presentation state of a colour image");
      };
    } catch (DicomFormatException malformed) {
      return NotRendered.malformed(malformed);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private record GrayFrame(DecodedFrame decoded, Grayscale own) {}

  private Rendering presented(
      DicomFile file, FrameReference frame, PresentationState state, GrayFrame gray)
      throws IOException {
    DecodedFrame decoded = gray.decoded();
    int rows = decoded.stored().rows();
    int columns = decoded.stored().columns();
    Grayscale steps = state.grayscale(frame, decoded.bits(), gray.own().padding());
    byte[] greys = steps.eightBits(decoded.stored(), steps.voi().orElseThrow());
    BufferedImage image = Images.gray(columns, rows, greys);
    Map<Integer, OverlayBitmap> planes = planes(file, frame, state);
    shut(image, state.shutters(), planes);
    DisplayedArea area =
        state.displayedArea(frame).orElseGet(() -> DisplayedArea.whole(rows, columns));
    PresentationCanvas canvas = new PresentationCanvas(area, state.spatial());
    canvas.image(image);
    for (Map.Entry<Integer, GraphicLayer> active : state.activeOverlays().entrySet()) {
      OverlayBitmap plane = planes.get(active.getKey());
      if (plane != null) {
        canvas.overlay(plane, active.getValue().rgb());
      }
    }
    state
        .annotations(frame)
        .forEach(each -> canvas.annotation(each, state.layer(each.layer()).rgb()));
    FrameGeometry square =
        new FrameGeometry(Optional.empty(), 1, Optional.empty(), decoded.geometry().content());
    return new RenderedImage(canvas.finish(), Optional.empty(), square);
  }

  /** The overlays of the image; those of the state take the place of the same groups (C.11.7). */
  private Map<Integer, OverlayBitmap> planes(
      DicomFile file, FrameReference frame, PresentationState state) throws IOException {
    Map<Integer, OverlayBitmap> planes = new HashMap<>();
    for (Overlay plane :
        overlays.decode(file.transferSyntax(), file.dataSet(), frame.frame()).planes()) {
      planes.put(plane.group(), plane.bitmap());
    }
    for (Overlay plane : overlays.decode(file.transferSyntax(), state.dataSet(), 1).planes()) {
      planes.put(plane.group(), plane.bitmap());
    }
    return planes;
  }

  private static void shut(
      BufferedImage image, Shutters shutters, Map<Integer, OverlayBitmap> planes) {
    if (shutters.isEmpty()) {
      return;
    }
    Optional<OverlayBitmap> bitmap =
        shutters.overlayGroup().isPresent()
            ? Optional.ofNullable(planes.get(shutters.overlayGroup().getAsInt()))
            : Optional.empty();
    byte[] greys = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    int columns = image.getWidth();
    for (int index = 0; index < greys.length; index++) {
      int row = index / columns;
      int column = index % columns;
      boolean hidden =
          shutters.shapes().stream().anyMatch(shape -> shape.hides(row + 1, column + 1))
              || bitmap.isPresent() && bitmap.get().marks(row, column);
      if (hidden) {
        greys[index] = (byte) shutters.grey();
      }
    }
  }
}
