package io.overread.vlm.family;

import io.overread.vlm.model.ModelFolder;
import io.overread.vlm.onnx.TokenSequence;
import io.overread.vlm.region.RegionText;
import java.util.Optional;
import java.util.Set;

/**
 * PaliGemma 1 and 2: the images' tokens, a start token, the prompt, a line end; positions from 1.
 * Image and prompt see one another where the decoder takes {@code token_type_ids}, 0 for them and 1
 * for the answer. Folders hold no chat template.
 */
final class PaliGemma extends ModelFamily {

  private static final String TEMPLATE =
      """
      {% set parts = messages[0]['content'] %}\
      {% for part in parts %}{% if part['type'] == 'image' %}<image>{% endif %}{% endfor %}\
      {{ bos_token }}\
      {% for part in parts %}{% if part['type'] == 'text' %}{{ part['text'] }}{% endif %}{% endfor %}\
      {{ '\\n' }}\
      """;

  PaliGemma(ModelFolder folder) {
    super(folder);
  }

  @Override
  public String name() {
    return "PaliGemma";
  }

  @Override
  public boolean known() {
    return true;
  }

  @Override
  public int mostImageTokens() {
    return PatchGrid.patches(folder().settings().config(), super.mostImageTokens());
  }

  @Override
  public String template() {
    return TEMPLATE;
  }

  @Override
  public Optional<RegionText> regions(String question, String written, ImageLayout image) {
    return PaliGemmaRegions.read(written);
  }

  @Override
  public Optional<String> groundingQuestion(String thing) {
    return Optional.of("detect " + thing);
  }

  /** The start token stands behind the images, where the template writes it. */
  @Override
  protected boolean addsSpecialTokens(String prompt) {
    return false;
  }

  @Override
  public Attention attention() {
    return Attention.WHOLE_PROMPT;
  }

  @Override
  public Set<String> decoderInputs() {
    return Set.of(TypedSequence.TOKEN_TYPES);
  }

  @Override
  public TokenSequence sequence(int[] ids, int promptLength, StudyImages images) {
    return new TypedSequence(1, index -> index >= promptLength);
  }
}
