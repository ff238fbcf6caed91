package io.overread.vlm.model;

import org.jspecify.annotations.Nullable;

/**
 * How large a contrastive model is, as far as its memory in a run depends on it.
 *
 * @param image of its image side
 * @param text of its text side
 */
public record ContrastiveSizes(Side image, Side text) {

  /** What the families' base models have, where a configuration is silent. */
  private static final int USUAL_HIDDEN = 768;

  private static final int USUAL_HEADS = 12;
  private static final int USUAL_IMAGE = 224;
  private static final int USUAL_PATCH = 16;

  static ContrastiveSizes of(ModelJson config, int longestText) {
    ModelJson vision = config.object("vision_config");
    int edge =
        number(vision, "image_size", USUAL_IMAGE) / number(vision, "patch_size", USUAL_PATCH);
    return new ContrastiveSizes(
        side(vision, Math.max(1, edge) * (long) Math.max(1, edge)),
        side(config.object("text_config"), longestText));
  }

  private static Side side(@Nullable ModelJson config, long tokens) {
    int hidden = number(config, "hidden_size", USUAL_HIDDEN);
    return new Side(
        tokens,
        hidden,
        number(config, "intermediate_size", 4 * hidden),
        number(config, "num_attention_heads", USUAL_HEADS));
  }

  private static int number(@Nullable ModelJson config, String name, int usual) {
    return config == null ? usual : Math.clamp(config.integer(name).orElse(usual), 1, 1 << 16);
  }

  /**
   * About what one image and so many texts take in a run, in bytes of single precision: the runtime
   * frees a layer's values before the next but one.
   */
  public long runBytes(int texts) {
    return Float.BYTES * (image.values() + texts * text.values());
  }

  /**
   * One of the two transformers.
   *
   * @param tokens of one image or of the longest text
   * @param hidden width of a token
   * @param inner width between the two layers behind the attention
   * @param heads attentions side by side
   */
  public record Side(long tokens, int hidden, int inner, int heads) {

    /** Query, key, value, what came in and what goes out; the inner layer twice; attention. */
    private long values() {
      return tokens * (5L * hidden + 2L * inner + heads * tokens);
    }
  }
}
