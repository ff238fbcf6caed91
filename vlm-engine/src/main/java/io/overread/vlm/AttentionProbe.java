package io.overread.vlm;

import io.overread.vlm.family.Attention;
import io.overread.vlm.onnx.DecoderStep;
import io.overread.vlm.onnx.KeyValueCache;
import io.overread.vlm.onnx.Logits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a loaded model does otherwise than its family; it runs, but may answer worse. */
final class AttentionProbe {

  private static final float SAME = 1e-3f;

  private AttentionProbe() {}

  /** Sentences for people; empty when nothing is to be said. */
  static List<String> warnings(OnnxModel model, OnnxStudy study, String question) {
    List<String> warnings = new ArrayList<>();
    ModelGraphs graphs = model.graphs();
    if (!graphs.family().known()) {
      warnings.add("config.json: model_type: " + graphs.family().name());
    }
    if (graphs.family().attention() != Attention.CAUSAL
        && !looksAhead(graphs, study, model.prompt(study, question))) {
      warnings.add(
          "decoder_model_merged: it only looks back, but "
              + graphs.family().name()
              + " was trained with image tokens that see one another: expect other answers than"
              + " the family's own implementation gives");
    }
    return warnings;
  }

  /** Whether an image's first token hears of the second. */
  private static boolean looksAhead(ModelGraphs graphs, OnnxStudy study, int[] prompt) {
    int first = 0;
    while (prompt[first] != graphs.family().imageToken()) {
      first++;
    }
    float[] embeds = graphs.merged(prompt, study.studyImages().features());
    float[] alone = logits(graphs, study, prompt, embeds, first + 1).at(0, 0);
    Logits both = logits(graphs, study, prompt, embeds, first + 2);
    if (both.positions() < 2) {
      return false;
    }
    float[] followed = both.at(0, 1);
    for (int i = 0; i < alone.length; i++) {
      if (Math.abs(alone[i] - followed[i]) > SAME * (1 + Math.abs(alone[i]))) {
        return true;
      }
    }
    return false;
  }

  private static Logits logits(
      ModelGraphs graphs, OnnxStudy study, int[] prompt, float[] embeds, int tokens) {
    int width = embeds.length / prompt.length;
    float[] start = Arrays.copyOf(embeds, tokens * width);
    try (KeyValueCache none =
        graphs
            .decoder()
            .empty(graphs.family().sequence(prompt, prompt.length, study.studyImages()))) {
      DecoderStep step = graphs.decoder().run(start, tokens, none, 2, true);
      step.present().close();
      return step.logits();
    }
  }
}
