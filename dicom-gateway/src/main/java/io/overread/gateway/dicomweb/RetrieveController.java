package io.overread.gateway.dicomweb;

import io.overread.gateway.dicomweb.retrieve.RetrieveFrames;
import io.overread.gateway.dicomweb.retrieve.RetrieveInstances;
import io.overread.gateway.dicomweb.retrieve.RetrieveMetadata;
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

/** WADO-RS: instances, metadata, frames and bulk data (PS3.18 10.4). */
@RestController
@RequestMapping(WebRequest.ROOT)
class RetrieveController {

  private static final String STUDY = "/studies/{study}";
  private static final String SERIES = STUDY + "/series/{series}";
  private static final String INSTANCE = SERIES + "/instances/{instance}";

  private final RetrieveInstances instances;
  private final RetrieveMetadata metadata;
  private final RetrieveFrames frames;
  private final DicomwebProperties properties;

  RetrieveController(
      RetrieveInstances instances,
      RetrieveMetadata metadata,
      RetrieveFrames frames,
      DicomwebProperties properties) {
    this.instances = instances;
    this.metadata = metadata;
    this.frames = frames;
    this.properties = properties;
  }

  @GetMapping({STUDY, SERIES, INSTANCE})
  @Operation(summary = "WADO-RS: DICOM files in parts, in a ZIP archive, or one alone")
  void instances(
      @PathVariable String study,
      @PathVariable(required = false) @Nullable String series,
      @PathVariable(required = false) @Nullable String instance,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    instances.retrieve(web(request), new Target(study, series, instance), response);
  }

  @GetMapping({STUDY + "/metadata", SERIES + "/metadata", INSTANCE + "/metadata"})
  @Operation(summary = "WADO-RS: all attributes in JSON or XML, long values as links")
  void metadata(
      @PathVariable String study,
      @PathVariable(required = false) @Nullable String series,
      @PathVariable(required = false) @Nullable String instance,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    metadata.retrieve(web(request), new Target(study, series, instance), response);
  }

  @GetMapping(INSTANCE + "/frames/{list}")
  @Operation(summary = "WADO-RS: frames as they are stored, or decoded")
  void frames(
      @PathVariable String study,
      @PathVariable String series,
      @PathVariable String instance,
      @PathVariable String list,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    frames.retrieve(web(request), new Target(study, series, instance), list, response);
  }

  @GetMapping(INSTANCE + "/bulkdata/{*path}")
  @Operation(summary = "WADO-RS: a value to which metadata links")
  void bulkData(
      @PathVariable String study,
      @PathVariable String series,
      @PathVariable String instance,
      @PathVariable String path,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Target target = new Target(study, series, instance);
    frames.bulkData(web(request), target, path.substring(1), response);
  }

  private WebRequest web(HttpServletRequest request) {
    return WebRequest.of(request, properties.publicUrl());
  }
}
