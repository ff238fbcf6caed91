package io.overread.vlm.family;

import io.overread.vlm.model.ModelFolder;

/** The families that the engine knows, by the {@code model_type} of {@code config.json}. */
public final class Families {

  private Families() {}

  /** The family of a folder's model; one that is not known is read as LLaVA is. */
  public static ModelFamily of(ModelFolder folder) {
    return switch (folder.config().modelType()) {
      case "qwen2_vl" -> new QwenVl(folder, "Qwen2-VL", QwenVl.Grounding.MARKED);
      case "qwen2_5_vl" -> new QwenVl(folder, "Qwen2.5-VL", QwenVl.Grounding.PIXELS);
      case "qwen3_vl" -> new QwenVl(folder, "Qwen3-VL", QwenVl.Grounding.THOUSANDTHS);
      case "mllama" -> new Mllama(folder);
      case "florence2" -> new Florence2(folder);
      case "llava" -> new Llava(folder, "LLaVA 1.5");
      case "llava_onevision" -> new Llava(folder, "LLaVA-OneVision, one view an image");
      case "idefics3" -> new Idefics3(folder, "Idefics3");
      case "smolvlm" -> new Idefics3(folder, "SmolVLM");
      case "gemma3" -> new Gemma3(folder);
      case "phi3_v" -> new Phi3Vision(folder);
      case "paligemma" -> new PaliGemma(folder);
      default -> new ModelFamily(folder);
    };
  }
}
