package io.overread.gateway.dicomweb;

import io.overread.gateway.dicomweb.store.StoreInstances;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** STOW-RS (PS3.18 10.5). */
@RestController
@RequestMapping(WebRequest.ROOT)
class StoreController {

  private final StoreInstances store;
  private final DicomwebProperties properties;

  StoreController(StoreInstances store, DicomwebProperties properties) {
    this.store = store;
    this.properties = properties;
  }

  @PostMapping("/studies")
  @Operation(summary = "STOW-RS: stores DICOM files, or metadata in JSON with its bulk data")
  void store(HttpServletRequest request, HttpServletResponse response) throws IOException {
    store.store(WebRequest.of(request, properties.publicUrl()), null, response);
  }

  @PostMapping("/studies/{study}")
  @Operation(summary = "STOW-RS: stores instances of this study")
  void storeInStudy(
      @PathVariable String study, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    store.store(
        WebRequest.of(request, properties.publicUrl()),
        Uids.require("Study Instance UID", study),
        response);
  }
}
