package io.overread.service.model;

import io.overread.service.problem.Problem;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.remote.RemoteModel;
import io.overread.vlm.remote.ReplicaHealth;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The loaded models. */
@RestController
class ModelsController {
  private final Models models;

  ModelsController(Models models) {
    this.models = models;
  }

  @GetMapping("/api/models")
  @Operation(
      summary =
          "All loaded models; the first drafts where no rule names another, contrastive ones last")
  List<Loaded> models() {
    return Stream.concat(
            models.all().stream().map(this::loaded),
            models.contrastive().stream().map(this::loaded))
        .toList();
  }

  @GetMapping("/api/models/{digest}/health")
  @Operation(summary = "Asks each replica of a remote model whether it is well")
  List<ReplicaHealth> health(@PathVariable String digest) {
    VisionLanguageModel model =
        models.withDigest(digest).orElseThrow(() -> Problem.notFound("No such model is loaded."));
    return model instanceof RemoteModel remote ? remote.health() : List.of();
  }

  private Loaded loaded(VisionLanguageModel model) {
    var identity = model.identity();
    return new Loaded(
        identity.name(),
        identity.version(),
        identity.digest(),
        model.runsOn(),
        model instanceof RemoteModel,
        models.shadows().contains(model),
        models.beside(model).map(beside -> beside.model().identity().name()).orElse(null),
        null);
  }

  private Loaded loaded(Beside contrastive) {
    var identity = contrastive.model().identity();
    return new Loaded(
        identity.name(),
        identity.version(),
        identity.digest(),
        contrastive.model().runsOn(),
        false,
        false,
        null,
        contrastive.weight());
  }

  /**
   * A loaded model.
   *
   * @param provider where it runs
   * @param shadow whether it drafts silently
   * @param contrastive the name of the contrastive model beside it; null where there is none
   * @param weight of a contrastive model; null of one that drafts
   */
  record Loaded(
      String name,
      String version,
      String digest,
      String provider,
      boolean remote,
      boolean shadow,
      @Nullable String contrastive,
      @Nullable Double weight) {}
}
