package io.overread.service.settings;

import io.overread.vlm.EngineSettings;
import io.overread.vlm.onnx.ExecutionProvider;
import io.overread.vlm.onnx.Gpu;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Where the model runs.
 *
 * @param provider the processor, a GPU, or a GPU where there is one
 * @param threads threads of one run; 0 for the machine's cores, eight at most
 * @param devices the GPUs' numbers; each model that is loaded goes to the next one
 * @param keptMemory for images that were read, by their digest, after their study was closed
 * @param gpuMemory the most that one graph takes of a GPU's memory; 0 for no limit
 */
@Validated
@ConfigurationProperties("overread.engine")
public record EngineProperties(
    @DefaultValue("auto") ExecutionProvider provider,
    @DefaultValue("0") @Min(0) @Max(1024) int threads,
    @DefaultValue("0") List<Integer> devices,
    @DefaultValue("0B") DataSize gpuMemory,
    @DefaultValue("64MB") DataSize keptMemory) {

  /** As the engine takes them. */
  public EngineSettings settings(Path nativeFolder) {
    EngineSettings usual = EngineSettings.defaults(nativeFolder);
    return usual
        .on(
            provider,
            threads == 0 ? usual.threads() : threads,
            new Gpu(devices, gpuMemory.toBytes()))
        .keeping(keptMemory.toBytes());
  }
}
