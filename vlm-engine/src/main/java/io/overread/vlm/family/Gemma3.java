package io.overread.vlm.family;

import io.overread.vlm.model.ModelFolder;
import io.overread.vlm.onnx.TokenSequence;
import java.util.List;
import java.util.Set;

/**
 * Gemma 3 and MedGemma: 256 tokens an image between a start and an end, which see one another where
 * the decoder takes {@code token_type_ids}; positions from 1. Pan-and-scan crops, off in every
 * published folder, are not made.
 */
final class Gemma3 extends ModelFamily {

  private static final String START = "<start_of_image>";
  private static final String IMAGE = "<image_soft_token>";
  private static final String END = "<end_of_image>";

  Gemma3(ModelFolder folder) {
    super(folder);
  }

  @Override
  public String name() {
    return "Gemma 3";
  }

  @Override
  public boolean known() {
    return true;
  }

  @Override
  public int mostImageTokens() {
    return folder().settings().config().integer("mm_tokens_per_image").orElse(256);
  }

  @Override
  public String placeholder(int image) {
    return START;
  }

  /** The line ends are part of it: the tokenizer joins them with those of the template. */
  @Override
  protected String expanded(String prompt, List<ImageLayout> images) {
    return Placeholders.replaced(
        prompt,
        START,
        images,
        layout -> "\n\n" + START + IMAGE.repeat(layout.tokens()) + END + "\n\n");
  }

  @Override
  public Attention attention() {
    return Attention.WITHIN_IMAGE;
  }

  @Override
  public Set<String> decoderInputs() {
    return Set.of(TypedSequence.TOKEN_TYPES);
  }

  @Override
  public TokenSequence sequence(int[] ids, int promptLength, StudyImages images) {
    int[] prompt = ids.clone();
    int image = imageToken();
    return new TypedSequence(1, index -> index < promptLength && prompt[index] == image);
  }
}
