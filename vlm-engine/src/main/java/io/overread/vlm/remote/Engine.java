package io.overread.vlm.remote;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The kinds of engines that can be asked. */
public enum Engine {
  /** Chat completions as OpenAI has them: vLLM, SGLang, {@code transformers serve}, hosted ones. */
  @JsonProperty("openai")
  OPENAI(new OpenAiChat()),
  /** Ollama's {@code /api/chat}. */
  @JsonProperty("ollama")
  OLLAMA(new OllamaChat()),
  /** Gemini's {@code streamGenerateContent}. */
  @JsonProperty("gemini")
  GEMINI(new GeminiContent()),
  /** KServe's open inference protocol 2, as Triton has it. */
  @JsonProperty("kserve")
  KSERVE(new KserveInfer());

  private final Protocol protocol;

  Engine(Protocol protocol) {
    this.protocol = protocol;
  }

  Protocol protocol() {
    return protocol;
  }
}
