package io.overread.service.journey;

import io.overread.vlm.VisionLanguageModel;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which model drafts here. */
@RestController
class ModelController {
  private final VisionLanguageModel model;

  ModelController(VisionLanguageModel model) {
    this.model = model;
  }

  @GetMapping("/api/model")
  @Operation(summary = "The model that drafts and answers, and where it runs")
  Model model() {
    var identity = model.identity();
    return new Model(identity.name(), identity.version(), identity.digest(), model.runsOn());
  }

  record Model(String name, String version, String digest, String provider) {}
}
