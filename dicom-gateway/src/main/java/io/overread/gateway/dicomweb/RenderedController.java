package io.overread.gateway.dicomweb;

import io.overread.gateway.dicomweb.retrieve.RetrieveRendered;
import io.overread.gateway.dicomweb.retrieve.Target;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** WADO-RS: pictures (PS3.18 10.4.1.1.4, 10.4.1.1.6). */
@RestController
@RequestMapping(WebRequest.ROOT)
class RenderedController {

  private static final String STUDY = "/studies/{study}";
  private static final String SERIES = STUDY + "/series/{series}";
  private static final String INSTANCE = SERIES + "/instances/{instance}";
  private static final String FRAMES = INSTANCE + "/frames/{list}";

  private final RetrieveRendered rendered;
  private final DicomwebProperties properties;

  RenderedController(RetrieveRendered rendered, DicomwebProperties properties) {
    this.rendered = rendered;
    this.properties = properties;
  }

  @GetMapping({
    STUDY + "/rendered",
    SERIES + "/rendered",
    INSTANCE + "/rendered",
    FRAMES + "/rendered"
  })
  @Operation(summary = "WADO-RS: pictures in JPEG or PNG; window, viewport, quality")
  void rendered(
      @PathVariable String study,
      @PathVariable(required = false) @Nullable String series,
      @PathVariable(required = false) @Nullable String instance,
      @PathVariable(required = false) @Nullable String list,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    rendered.rendered(web(request), new Target(study, series, instance), list, response);
  }

  @GetMapping({
    STUDY + "/thumbnail",
    SERIES + "/thumbnail",
    INSTANCE + "/thumbnail",
    FRAMES + "/thumbnail"
  })
  @Operation(summary = "WADO-RS: a small picture")
  void thumbnail(
      @PathVariable String study,
      @PathVariable(required = false) @Nullable String series,
      @PathVariable(required = false) @Nullable String instance,
      @PathVariable(required = false) @Nullable String list,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    rendered.thumbnail(web(request), new Target(study, series, instance), list, response);
  }

  private WebRequest web(HttpServletRequest request) {
    return WebRequest.of(request, properties.publicUrl());
  }
}
