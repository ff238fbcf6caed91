package io.overread.service.viewer;

import io.overread.dicom.pixel.Window;
import io.overread.gateway.instance.StoredInstance;
import io.overread.gateway.instance.StoredInstances;
import io.overread.gateway.render.FramePixels;
import io.overread.gateway.render.FrameRenderer;
import io.overread.gateway.render.NotRendered;
import io.overread.gateway.render.RenderedImage;
import io.overread.service.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Frames: as a picture, and as values for a viewer that applies windows itself. */
@RestController
@RequestMapping("/api/studies/{studyInstanceUid}/instances/{sopInstanceUid}/frames/{frame}")
class FrameController {
  /** Decoding takes memory for a whole frame; more at once would only take more of it. */
  private final Semaphore decoding = new Semaphore(4);

  private final StoredInstances instances;
  private final FrameRenderer renderer;

  FrameController(StoredInstances instances, FrameRenderer renderer) {
    this.instances = instances;
    this.renderer = renderer;
  }

  @GetMapping(path = "/rendered", produces = MediaType.IMAGE_PNG_VALUE)
  @Operation(summary = "A frame (from 1) as PNG; center and width override its window")
  ResponseEntity<byte[]> rendered(
      @PathVariable String studyInstanceUid,
      @PathVariable String sopInstanceUid,
      @PathVariable int frame,
      @RequestParam(required = false) @Nullable Double center,
      @RequestParam(required = false) @Nullable Double width,
      @RequestParam(required = false) @Nullable Integer size)
      throws IOException, InterruptedException {
    StoredInstance instance = instance(studyInstanceUid, sopInstanceUid, frame);
    Window window = window(center, width);
    decoding.acquire();
    try {
      return switch (renderer.render(instance.path(), frame, window)) {
        case NotRendered not -> throw new Problem(HttpStatus.UNSUPPORTED_MEDIA_TYPE, not.reason());
        case RenderedImage rendered -> answer(MediaType.IMAGE_PNG).body(png(rendered, size));
      };
    } finally {
      decoding.release();
    }
  }

  @GetMapping(path = "/pixels", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
  @Operation(summary = "A frame's stored values, little endian; the headers X-... describe them")
  ResponseEntity<byte[]> pixels(
      @PathVariable String studyInstanceUid,
      @PathVariable String sopInstanceUid,
      @PathVariable int frame)
      throws InterruptedException {
    StoredInstance instance = instance(studyInstanceUid, sopInstanceUid, frame);
    decoding.acquire();
    try {
      return switch (renderer.pixels(instance.path(), frame)) {
        case NotRendered not -> throw new Problem(HttpStatus.UNSUPPORTED_MEDIA_TYPE, not.reason());
        case FramePixels pixels -> describe(pixels).body(pixels.toLittleEndian());
      };
    } finally {
      decoding.release();
    }
  }

  private StoredInstance instance(String study, String sop, int frame) {
    StoredInstance instance =
        instances
            .find(sop)
            .filter(found -> found.studyInstanceUid().equals(study))
            .orElseThrow(() -> Problem.notFound("There is no such instance in this study."));
    if (instance.numberOfFrames() == 0) {
      throw new Problem(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "This object holds no image.");
    }
    if (frame < 1 || frame > instance.numberOfFrames()) {
      throw Problem.notFound("There are frames 1 to " + instance.numberOfFrames() + ".");
    }
    return instance;
  }

  private static @Nullable Window window(@Nullable Double center, @Nullable Double width) {
    if (center == null || width == null) {
      return null;
    }
    if (!Double.isFinite(center) || !(width >= 1) || width > 1e9) {
      throw new Problem(HttpStatus.BAD_REQUEST, "center has to be a number, width at least 1.");
    }
    return Window.linear(center, width);
  }

  private static ResponseEntity.BodyBuilder answer(MediaType type) {
    // An instance never changes, but who may see it does: the browser asks, the session decides.
    return ResponseEntity.ok().contentType(type).cacheControl(CacheControl.noStore());
  }

  private static ResponseEntity.BodyBuilder describe(FramePixels pixels) {
    var raster = pixels.raster();
    var answer =
        answer(MediaType.APPLICATION_OCTET_STREAM)
            .header("X-Rows", Integer.toString(raster.rows()))
            .header("X-Columns", Integer.toString(raster.columns()))
            .header("X-Samples", Integer.toString(raster.samplesPerPixel()))
            .header("X-Bits", Integer.toString(raster.bits()))
            .header("X-Signed", Boolean.toString(raster.signed()))
            .header("X-Slope", Double.toString(pixels.slope()))
            .header("X-Intercept", Double.toString(pixels.intercept()))
            .header("X-Window-Center", Double.toString(pixels.window().center()))
            .header("X-Window-Width", Double.toString(pixels.window().width()))
            .header("X-Inverted", Boolean.toString(pixels.inverted()));
    pixels
        .spacing()
        .ifPresent(
            spacing -> answer.header("X-Pixel-Spacing", spacing.row() + "\\" + spacing.column()));
    return answer;
  }

  private static byte[] png(RenderedImage rendered, @Nullable Integer size) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(scaled(rendered.image(), size), "png", out);
    return out.toByteArray();
  }

  private static BufferedImage scaled(BufferedImage image, @Nullable Integer size) {
    int longest = Math.max(image.getWidth(), image.getHeight());
    if (size == null || size < 16 || size >= longest) {
      return image;
    }
    int width = Math.max(1, Math.round((float) image.getWidth() * size / longest));
    int height = Math.max(1, Math.round((float) image.getHeight() * size / longest));
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    var graphics = small.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    return small;
  }
}
