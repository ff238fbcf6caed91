package io.overread.vlm;

import io.overread.vlm.decoding.Decoding;
import io.overread.vlm.failure.EngineException;
import io.overread.vlm.failure.ModelFormatException;
import io.overread.vlm.model.ModelFault;
import io.overread.vlm.model.ModelFolder;
import io.overread.vlm.model.ModelIdentity;
import io.overread.vlm.onnx.OnnxRuntime;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;

/** Whether a folder holds a model that runs, and what is wrong with it if not. */
public final class ModelVerification {

  private static final int PROBE_EDGE = 64;
  private static final int PROBE_TOKENS = 8;
  private static final String QUESTION = "Is there any abnormality?";

  private ModelVerification() {}

  /** What came out. */
  public sealed interface Result {}

  /**
   * The model runs.
   *
   * @param identity which model it is
   * @param digestsCompared whether the folder states digests, so that they could be compared
   * @param probeAnswer what the model says of a generated image; shows that it runs, nothing more
   * @param warnings what to know before using it, one sentence each
   */
  public record Verified(
      ModelIdentity identity, boolean digestsCompared, String probeAnswer, List<String> warnings)
      implements Result {

    /** Keeps its own copy. */
    public Verified {
      warnings = List.copyOf(warnings);
    }

    /** Nothing to warn of. */
    public Verified(ModelIdentity identity, boolean digestsCompared, String probeAnswer) {
      this(identity, digestsCompared, probeAnswer, List.of());
    }
  }

  /**
   * The model does not run, or its files are not those it states.
   *
   * @param faults at least one
   */
  public record Rejected(List<ModelFault> faults) implements Result {
    /** Keeps its own copy. */
    public Rejected {
      faults = List.copyOf(faults);
    }

    /** For what kept the model from being loaded or run. */
    public static Rejected of(EngineException e) {
      String message = String.valueOf(e.getMessage());
      return new Rejected(
          List.of(
              e instanceof ModelFormatException format
                  ? new ModelFault(
                      format.subject(), message.substring(format.subject().length() + 2))
                  : new ModelFault("probe", message)));
    }
  }

  /**
   * Compares the digests, loads every graph, and puts a generated image and questions through it.
   */
  public static Result verify(Path folder, EngineSettings settings) {
    try {
      OnnxRuntime runtime =
          OnnxRuntime.start(
              settings.provider(), settings.threads(), settings.nativeFolder(), settings.gpu());
      ModelFolder files = ModelFolder.read(folder, runtime.provider());
      List<ModelFault> faults = files.compareDigests();
      if (!faults.isEmpty()) {
        return new Rejected(faults);
      }
      try (OnnxModel model = OnnxModel.compared(files, settings, runtime)) {
        return probe(model, !files.manifest().files().isEmpty());
      }
    } catch (EngineException e) {
      return Rejected.of(e);
    }
  }

  private static Result probe(OnnxModel model, boolean digestsCompared) {
    try (OnnxStudy study = model.encode(List.of(generatedImage()))) {
      AnswerScore score = model.score(study, List.of(QUESTION)).getFirst();
      if (!Double.isFinite(score.logOdds())) {
        return new Rejected(
            List.of(new ModelFault("decoder_model_merged: logits", "not all are numbers")));
      }
      Answer answer =
          model.describe(
              study, Decoding.greedy(PROBE_TOKENS), TokenListener.NONE, new Cancellation());
      return new Verified(
          model.identity(),
          digestsCompared,
          answer.text(),
          AttentionProbe.warnings(model, study, QUESTION));
    }
  }

  /** A bright disc on a gradient: not one value everywhere, and no patient. */
  private static BufferedImage generatedImage() {
    BufferedImage image = new BufferedImage(PROBE_EDGE, PROBE_EDGE, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < PROBE_EDGE; y++) {
      for (int x = 0; x < PROBE_EDGE; x++) {
        boolean inside = Math.hypot(x - 32, y - 24) < 14;
        image.getRaster().setSample(x, y, 0, inside ? 220 : x + y);
      }
    }
    return image;
  }
}
