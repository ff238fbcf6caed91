package io.overread.gateway.dicomweb;

import io.overread.gateway.dicomweb.search.SearchInstances;
import io.overread.gateway.dicomweb.search.SearchLevel;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** QIDO-RS (PS3.18 10.6). */
@RestController
@RequestMapping(WebRequest.ROOT)
class SearchController {

  private final SearchInstances search;
  private final DicomwebProperties properties;

  SearchController(SearchInstances search, DicomwebProperties properties) {
    this.search = search;
    this.properties = properties;
  }

  @GetMapping("/studies")
  @Operation(
      summary = "QIDO-RS: studies by keywords or tags of attributes; limit, offset, includefield")
  void studies(HttpServletRequest request, HttpServletResponse response) throws IOException {
    search(request, SearchLevel.STUDY, null, null, response);
  }

  @GetMapping({"/series", "/studies/{study}/series"})
  @Operation(summary = "QIDO-RS: series")
  void series(
      @PathVariable(required = false) @Nullable String study,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    search(request, SearchLevel.SERIES, study, null, response);
  }

  @GetMapping({
    "/instances",
    "/studies/{study}/instances",
    "/studies/{study}/series/{series}/instances"
  })
  @Operation(summary = "QIDO-RS: instances")
  void instances(
      @PathVariable(required = false) @Nullable String study,
      @PathVariable(required = false) @Nullable String series,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    search(request, SearchLevel.INSTANCE, study, series, response);
  }

  private void search(
      HttpServletRequest request,
      SearchLevel level,
      @Nullable String study,
      @Nullable String series,
      HttpServletResponse response)
      throws IOException {
    search.search(WebRequest.of(request, properties.publicUrl()), level, study, series, response);
  }
}
