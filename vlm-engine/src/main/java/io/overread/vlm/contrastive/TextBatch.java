package io.overread.vlm.contrastive;

import io.overread.vlm.failure.ModelFormatException;
import io.overread.vlm.failure.PromptTooLongException;
import io.overread.vlm.model.ContrastiveFolder;
import io.overread.vlm.text.ModelTokenizer;
import java.util.Arrays;
import java.util.List;

/**
 * Texts to tokens of one length, as the families' processors do it: SigLIP was trained on texts
 * filled up to its full length and has no mask, the others take the longest of a batch.
 *
 * @param tokenizer the model's
 * @param pad the token that fills up
 * @param longest most tokens of a text
 * @param full whether every text is filled up to that length
 */
record TextBatch(ModelTokenizer tokenizer, int pad, int longest, boolean full) {

  static TextBatch of(ContrastiveFolder folder, ModelTokenizer tokenizer) {
    String spelt = folder.padToken();
    int[] ids = spelt == null ? new int[0] : tokenizer.encode(spelt, false);
    if (ids.length == 0) {
      throw new ModelFormatException("tokenizer_config.json: pad_token", "missing");
    }
    return new TextBatch(
        tokenizer, ids[ids.length - 1], folder.longestText(), folder.judgesPairs());
  }

  Tokens tokens(List<String> sentences) {
    List<int[]> encoded = sentences.stream().map(text -> tokenizer.encode(text, true)).toList();
    int length = encoded.stream().mapToInt(ids -> ids.length).max().orElseThrow();
    if (length > longest) {
      throw new PromptTooLongException("tokens", length, longest);
    }
    int width = full ? longest : length;
    long[] ids = new long[width * encoded.size()];
    long[] mask = new long[ids.length];
    Arrays.fill(ids, pad);
    for (int row = 0; row < encoded.size(); row++) {
      int[] text = encoded.get(row);
      for (int i = 0; i < text.length; i++) {
        ids[row * width + i] = text[i];
        mask[row * width + i] = 1;
      }
    }
    return new Tokens(ids, mask);
  }

  /**
   * Text after text, each of the same number of tokens.
   *
   * @param ids token ids
   * @param mask 1 for a token of the text, 0 for what fills it up
   */
  @SuppressWarnings("ArrayRecordComponent") // buffers, passed on and never compared
  record Tokens(long[] ids, long[] mask) {}
}
