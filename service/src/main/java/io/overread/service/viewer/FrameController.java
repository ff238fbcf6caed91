package io.overread.service.viewer;

import io.overread.dicom.pixel.Window;
import io.overread.dicom.presentation.FrameReference;
import io.overread.gateway.instance.StoredInstance;
import io.overread.gateway.instance.StoredInstances;
import io.overread.gateway.render.FramePixels;
import io.overread.gateway.render.FrameRenderer;
import io.overread.gateway.render.NotRendered;
import io.overread.gateway.render.PresentationStates;
import io.overread.gateway.render.RenderedImage;
import io.overread.gateway.render.Rendering;
import io.overread.service.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
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
  private final PresentationStates states;
  private final FrameRenderer renderer;

  FrameController(StoredInstances instances, PresentationStates states, FrameRenderer renderer) {
    this.instances = instances;
    this.states = states;
    this.renderer = renderer;
  }

  @GetMapping(path = "/rendered", produces = MediaType.IMAGE_PNG_VALUE)
  @Operation(
      summary =
          "A frame (from 1) as PNG with square pixels; center and width override its window,"
              + " overlays=true draws its overlays")
  ResponseEntity<byte[]> rendered(
      @PathVariable String studyInstanceUid,
      @PathVariable String sopInstanceUid,
      @PathVariable int frame,
      @ParameterObject RenderedParameters parameters)
      throws IOException, InterruptedException {
    StoredInstance instance = instance(studyInstanceUid, sopInstanceUid, frame);
    Window window = parameters.window();
    decoding.acquire();
    try {
      RenderedImage picture =
          parameters.presentationState() == null
              ? picture(renderer.render(instance.path(), frame, window))
              : presented(instance, frame, parameters.presentationState());
      if (parameters.drawsOverlays() && parameters.presentationState() == null) {
        picture = picture.under(picture(renderer.overlays(instance.path(), frame)));
      }
      return answer(MediaType.IMAGE_PNG).body(Png.of(picture, parameters.size()));
    } finally {
      decoding.release();
    }
  }

  @GetMapping(path = "/overlays", produces = MediaType.IMAGE_PNG_VALUE)
  @Operation(summary = "A frame's overlays as PNG of the frame's own size, clear where unmarked")
  ResponseEntity<byte[]> overlays(
      @PathVariable String studyInstanceUid,
      @PathVariable String sopInstanceUid,
      @PathVariable int frame)
      throws IOException, InterruptedException {
    StoredInstance instance = instance(studyInstanceUid, sopInstanceUid, frame);
    decoding.acquire();
    try {
      RenderedImage overlays = picture(renderer.overlays(instance.path(), frame));
      return answer(MediaType.IMAGE_PNG).body(Png.of(overlays.image()));
    } finally {
      decoding.release();
    }
  }

  @GetMapping(path = "/pixels", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
  @Operation(
      summary =
          "A frame's stored values, little endian; the headers X-... describe them. With a"
              + " presentation state: red, green and blue as that state shows the frame")
  ResponseEntity<byte[]> pixels(
      @PathVariable String studyInstanceUid,
      @PathVariable String sopInstanceUid,
      @PathVariable int frame,
      @RequestParam(required = false) @Nullable String presentationState)
      throws InterruptedException {
    StoredInstance instance = instance(studyInstanceUid, sopInstanceUid, frame);
    decoding.acquire();
    try {
      FramePixels pixels =
          presentationState == null
              ? values(instance, frame)
              : presented(instance, frame, presentationState).toPixels();
      ResponseEntity.BodyBuilder answer =
          FrameHeaders.describe(answer(MediaType.APPLICATION_OCTET_STREAM), pixels);
      return FrameHeaders.notShown(
              answer, notShown(instance, frame, presentationState, pixels.overlaid()))
          .body(pixels.toLittleEndian());
    } finally {
      decoding.release();
    }
  }

  private List<String> notShown(
      StoredInstance instance, int frame, @Nullable String stateUid, boolean overlaid) {
    if (stateUid == null && !overlaid) {
      return List.of();
    }
    return renderer.notShown(
        instance.path(),
        new FrameReference(instance.sopInstanceUid(), frame),
        stateUid == null ? null : state(instance, stateUid).path());
  }

  private FramePixels values(StoredInstance instance, int frame) {
    return switch (renderer.pixels(instance.path(), frame)) {
      case NotRendered not -> throw unsupported(not);
      case FramePixels pixels -> pixels;
    };
  }

  private RenderedImage presented(StoredInstance instance, int frame, String stateUid) {
    StoredInstance state = state(instance, stateUid);
    return picture(
        renderer.present(
            instance.path(), new FrameReference(instance.sopInstanceUid(), frame), state.path()));
  }

  private StoredInstance state(StoredInstance instance, String stateUid) {
    return states
        .find(instance.studyInstanceUid(), stateUid)
        .orElseThrow(() -> Problem.notFound("There is no such presentation state in this study."));
  }

  private static RenderedImage picture(Rendering rendering) {
    return switch (rendering) {
      case NotRendered not -> throw unsupported(not);
      case RenderedImage rendered -> rendered;
    };
  }

  private static Problem unsupported(NotRendered not) {
    return new Problem(HttpStatus.UNSUPPORTED_MEDIA_TYPE, not.reason());
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
    Instant deletedAt = instance.file().deletedAt();
    if (deletedAt != null) {
      throw new Problem(HttpStatus.GONE, StoredInstance.deletedWords(deletedAt));
    }
    if (frame < 1 || frame > instance.numberOfFrames()) {
      throw Problem.notFound("There are frames 1 to " + instance.numberOfFrames() + ".");
    }
    return instance;
  }

  private static ResponseEntity.BodyBuilder answer(MediaType type) {
    // An instance never changes, but who may see it does: the browser asks, the session decides.
    return ResponseEntity.ok().contentType(type).cacheControl(CacheControl.noStore());
  }
}
