package io.overread.vlm.contrastive;

import io.overread.vlm.EngineSettings;
import io.overread.vlm.ModelVerification;
import io.overread.vlm.failure.EngineException;
import io.overread.vlm.model.ContrastiveFolder;
import io.overread.vlm.model.ModelFault;
import io.overread.vlm.onnx.OnnxRuntime;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Whether a contrastive model's folder can be used. */
public final class ContrastiveVerification {

  private static final int PROBE_EDGE = 64;
  private static final List<String> PROBE_TEXTS =
      List.of("A white disc.", "A photograph of a cat.");

  private ContrastiveVerification() {}

  /** Compares the digests, loads the graph, and puts a generated image and two texts through it. */
  public static ModelVerification.Result verify(Path folder, EngineSettings settings) {
    try {
      OnnxRuntime runtime =
          OnnxRuntime.start(settings.provider(), settings.threads(), settings.nativeFolder());
      ContrastiveFolder files = ContrastiveFolder.read(folder, runtime.provider());
      List<ModelFault> faults = files.compareDigests();
      if (!faults.isEmpty()) {
        return new ModelVerification.Rejected(faults);
      }
      try (ContrastiveModel model = ContrastiveModel.compared(files, settings, runtime)) {
        return probe(model);
      }
    } catch (EngineException e) {
      return ModelVerification.Rejected.of(e);
    }
  }

  private static ModelVerification.Result probe(ContrastiveModel model) {
    float[] logits = model.logits(disc(), PROBE_TEXTS);
    for (float logit : logits) {
      if (!Float.isFinite(logit)) {
        return new ModelVerification.Rejected(
            List.of(new ModelFault("model: logits_per_image", "not all are numbers")));
      }
    }
    return new ModelVerification.Verified(
        model.identity(),
        model.statesDigests(),
        String.format(
            Locale.ROOT,
            "%.2f for \"%s\", %.2f for \"%s\"",
            logits[0],
            PROBE_TEXTS.getFirst(),
            logits[1],
            PROBE_TEXTS.getLast()));
  }

  private static BufferedImage disc() {
    BufferedImage image = new BufferedImage(PROBE_EDGE, PROBE_EDGE, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < PROBE_EDGE; y++) {
      for (int x = 0; x < PROBE_EDGE; x++) {
        image.getRaster().setSample(x, y, 0, Math.hypot(x - 32, y - 32) < 20 ? 240 : 10);
      }
    }
    return image;
  }
}
