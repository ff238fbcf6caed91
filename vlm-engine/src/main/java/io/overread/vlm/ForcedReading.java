package io.overread.vlm;

import io.overread.vlm.decoding.FinishReason;
import io.overread.vlm.decoding.LogProbabilities;
import io.overread.vlm.family.StudyImages;
import io.overread.vlm.onnx.DecoderStep;
import io.overread.vlm.onnx.ImageFeatures;
import io.overread.vlm.onnx.KeyValueCache;
import io.overread.vlm.onnx.Logits;
import io.overread.vlm.text.ModelTokenizer;
import io.overread.vlm.text.Sentences;
import io.overread.vlm.text.Sentences.Sentence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Passes over a text that is given: its tokens are forced, and what is read is how likely they
 * were. Mostly without an image: the same prompt with no image in its message, hence without a
 * single image token.
 */
final class ForcedReading {

  private final ModelGraphs graphs;
  private final PromptBuilder prompts;
  private final ModelTokenizer tokenizer;
  private final StudyImages none;

  ForcedReading(ModelGraphs graphs, PromptBuilder prompts, ModelTokenizer tokenizer) {
    this.graphs = graphs;
    this.prompts = prompts;
    this.tokenizer = tokenizer;
    int width = graphs.embedding().embed(new int[] {0}).length;
    this.none = new StudyImages(ImageFeatures.none(width), List.of(), List.of());
  }

  /** Decoders that attend to the image from the side always want one. */
  boolean isPossible() {
    return graphs.family().mergesFeatures() && readsPrompts();
  }

  /** Not where another graph reads the prompt: no pass of the decoder holds both. */
  boolean readsPrompts() {
    return graphs.encoder() == null;
  }

  /** The study of no image, of which some prompts are to be scored: what they share is run once. */
  OnnxStudy study(OnnxModel owner, List<int[]> asked) {
    int[] shared = graphs.sharesPrefixes() && graphs.encoder() == null ? shared(asked) : new int[0];
    return new OnnxStudy(owner, none, shared, graphs.prefill(shared, none));
  }

  /** Several tokens, and several left of each: kernels for a single one round differently. */
  private static int[] shared(List<int[]> asked) {
    int[] first = asked.getFirst();
    int shared = first.length - 2;
    for (int[] prompt : asked) {
      int differs = Arrays.mismatch(first, prompt);
      shared = Math.min(shared, Math.min(differs < 0 ? shared : differs, prompt.length - 2));
    }
    return shared < 2 || asked.size() == 1 ? new int[0] : Arrays.copyOf(first, shared);
  }

  int[] prompt(String question) {
    return prompts.prompt(List.of(), question);
  }

  /** An answer of at least one token beside what its tokens would be worth without the image. */
  ImageDependence dependence(String question, Answer answer) {
    int[] tokens = answer.tokens().stream().mapToInt(Integer::intValue).toArray();
    List<Double> unseen = logProbabilities(none, prompt(question), tokens);
    List<Double> seen = answer.tokenLogProbabilities();
    List<ImageDependence.Sentence> sentences = new ArrayList<>();
    int from = 0;
    List<Integer> ends = ends(tokens);
    List<Sentence> texts = Sentences.of(tokenizer.decode(tokens, 0, tokens.length));
    for (Sentence sentence : texts) {
      int to = from;
      while (to < tokens.length && (to == from || ends.get(to) <= sentence.end())) {
        to++;
      }
      if (to > from) {
        sentences.add(
            new ImageDependence.Sentence(
                sentence.text(),
                ImageDependence.Part.of(seen.subList(from, to), unseen.subList(from, to))));
      }
      from = to;
    }
    return new ImageDependence(ImageDependence.Part.of(seen, unseen), sentences);
  }

  /** A text as if it were the answer to a prompt. */
  Answer answer(StudyImages images, int[] prompt, String text, int[] tokens) {
    return new Answer(
        text,
        Arrays.stream(tokens).boxed().toList(),
        logProbabilities(images, prompt, tokens),
        FinishReason.STOP,
        false,
        0);
  }

  /** For each token, where the text written with it ends, in characters. */
  private List<Integer> ends(int[] tokens) {
    List<Integer> ends = new ArrayList<>();
    for (int i = 1; i <= tokens.length; i++) {
      ends.add(tokenizer.decode(tokens, 0, i).length());
    }
    return ends;
  }

  /** One pass over the prompt and the answer, each token forced. */
  private List<Double> logProbabilities(StudyImages images, int[] prompt, int[] tokens) {
    int[] ids = Arrays.copyOf(prompt, prompt.length + tokens.length - 1);
    System.arraycopy(tokens, 0, ids, prompt.length, tokens.length - 1);
    try (KeyValueCache start = start(images, ids, prompt.length)) {
      DecoderStep step =
          graphs
              .decoder()
              .run(graphs.merged(ids, images.features()), ids.length, start, tokens.length, true);
      step.present().close();
      if (step.logits().positions() >= tokens.length) {
        return read(step.logits(), tokens);
      }
    }
    return tokenByToken(images, prompt, tokens);
  }

  private KeyValueCache start(StudyImages images, int[] ids, int promptLength) {
    return graphs.decoder().empty(graphs.family().sequence(ids, promptLength, images));
  }

  private static List<Double> read(Logits logits, int[] tokens) {
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < tokens.length; i++) {
      values.add(LogProbabilities.of(logits.at(0, tokens.length - 1 - i), tokens[i]));
    }
    return values;
  }

  /** For decoders that give logits at the last position only. */
  private List<Double> tokenByToken(StudyImages images, int[] prompt, int[] tokens) {
    List<Double> values = new ArrayList<>();
    KeyValueCache cache = start(images, prompt, prompt.length);
    try {
      float[] next = graphs.merged(prompt, images.features());
      int length = prompt.length;
      for (int token : tokens) {
        DecoderStep step = graphs.decoder().run(next, length, cache, 1, false);
        cache.close();
        cache = step.present();
        values.add(LogProbabilities.of(step.logits().at(0, 0), token));
        next = graphs.embedding().embed(new int[] {token});
        length = 1;
      }
      return values;
    } finally {
      cache.close();
    }
  }
}
