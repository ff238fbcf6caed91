package io.overread.vlm.measure;

import io.overread.vlm.EngineSettings;
import io.overread.vlm.OnnxModel;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.model.ShippedModel;
import io.overread.vlm.onnx.ExecutionProvider;
import java.nio.file.Path;

/** The model that a command measures: a folder, or {@code shipped}. */
final class MeasuredModel {

  private MeasuredModel() {}

  static VisionLanguageModel load(String named, int threads) {
    Path unpacked = Path.of(System.getProperty("java.io.tmpdir"), "overread-measure");
    Path folder =
        named.equals("shipped")
            ? ShippedModel.extractTo(unpacked.resolve("models"))
            : Path.of(named);
    return OnnxModel.load(
        folder,
        new EngineSettings(ExecutionProvider.AUTO, threads, 256, 4096, unpacked.resolve("natives"))
            .keeping(0)); // each round shall encode its image
  }
}
