package io.overread.vlm.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.overread.vlm.model.ShippedModel;
import io.overread.vlm.tiny.TinyModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ContinuationsTest {

  private static final TokenSequence COUNTED = TokenSequence.countingFrom(0);

  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "GROUPED"})
  void masked_rows_are_what_an_exact_cache_gives_also_in_company(TinyModel tiny) {
    try (Graphs graphs = Graphs.of(tiny.folder(), "decoder_model_merged.onnx")) {
      RowTrial trial = graphs.trial();
      assertThat(trial.apart()).isLessThan(1e-4);
      assertThat(trial.together()).isTrue();
    }
  }

  @Test
  void the_shipped_model_s_rows_are_the_same_in_any_company() {
    assumeThat(System.getProperty("os.arch")).as("int8 kernels differ").isEqualTo("amd64");
    Path folder = ShippedModel.extractTo(Path.of("target", "models"));
    try (Graphs graphs = Graphs.of(folder, "decoder_model_merged_int8.onnx")) {
      RowTrial trial = graphs.trial();
      assertThat(trial.apart()).isLessThan(0.05);
      assertThat(trial.together()).isTrue();
    }
  }

  @Test
  void half_precision_scores_go_on_each_with_its_own_cache() {
    try (Graphs graphs = Graphs.of(TinyModel.HALVES.folder(), "decoder_model_merged_fp16.onnx");
        Continuation answer = graphs.continuations.after(graphs.start(5))) {
      assertThat(answer).isInstanceOf(CopiedContinuation.class);
      assertThat(answer.next(7)).hasSizeGreaterThan(7);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "GROUPED"})
  void an_answer_longer_than_its_row_moves_and_goes_on(TinyModel tiny) {
    try (Graphs graphs = Graphs.of(tiny.folder(), "decoder_model_merged.onnx");
        Continuation row = graphs.continuations.after(graphs.start(60));
        Continuation plain =
            Continuations.plain(graphs.decoder, graphs.embedding).after(graphs.start(60))) {
      for (int token = 10; token < 90; token++) {
        float[] expected = plain.next(token);
        float[] found = row.next(token);
        for (int i = 0; i < found.length; i++) {
          assertThat(found[i])
              .isEqualTo(expected[i], org.assertj.core.api.Assertions.within(1e-3f));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "GROUPED"})
  void answers_that_come_and_go_together_are_each_what_they_are_alone(TinyModel tiny)
      throws Exception {
    try (Graphs graphs = Graphs.of(tiny.folder(), "decoder_model_merged.onnx");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Integer> lengths = IntStream.range(0, 20).mapToObj(i -> 3 + i * 7 % 70).toList();
      List<float[]> alone = new ArrayList<>();
      for (int length : lengths) {
        alone.add(graphs.write(length));
      }
      List<Callable<float[]>> tasks = new ArrayList<>();
      lengths.forEach(length -> tasks.add(() -> graphs.write(length)));
      var together = threads.invokeAll(tasks);
      for (int i = 0; i < lengths.size(); i++) {
        assertThat(together.get(i).get()).isEqualTo(alone.get(i));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "GROUPED"})
  void tokens_run_ahead_are_gone_when_they_are_taken_back(TinyModel tiny) {
    try (Graphs graphs = Graphs.of(tiny.folder(), "decoder_model_merged.onnx");
        AnswerRow guessing = (AnswerRow) graphs.continuations.after(graphs.start(9));
        Continuation plain = graphs.plain(9)) {
      assertThat(guessing.roomAhead()).isEqualTo(RowBlock.MOST_TOKENS);
      float[][] ahead = guessing.ahead(new int[] {11, 12, 99, 98});
      assertClose(ahead[0], plain.next(11));
      assertClose(ahead[1], plain.next(12));
      guessing.rewind(2);
      assertClose(guessing.next(13), plain.next(13));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "GROUPED", "HALVES"})
  void a_cache_bound_to_memory_of_a_device_gives_what_a_copied_one_gives(TinyModel tiny) {
    String decoder =
        tiny == TinyModel.HALVES ? "decoder_model_merged_fp16.onnx" : "decoder_model_merged.onnx";
    try (Graphs graphs = Graphs.of(tiny.folder(), decoder);
        DeviceMemory memory = DeviceMemory.processor();
        Continuation plain = graphs.plain(9);
        Continuation bound =
            Continuations.bound(graphs.decoder, graphs.embedding, memory).after(graphs.start(9))) {
      for (int token = 10; token < 40; token++) {
        assertThat(bound.next(token)).isEqualTo(plain.next(token));
      }
    }
  }

  @Test
  void a_binding_that_cannot_run_says_why() {
    try (Graphs graphs = Graphs.of(TinyModel.PLAIN.folder(), "decoder_model_merged.onnx");
        IoBinding binding = new IoBinding(graphs.decoder.graph())) {
      org.assertj.core.api.Assertions.assertThatThrownBy(binding::run)
          .isInstanceOf(io.overread.vlm.failure.InferenceException.class)
          .hasMessageContaining("ONNX Runtime");
    }
  }

  @Test
  void a_step_that_fails_fails_for_whoever_asked_and_gives_the_turn_back() {
    try (Graphs graphs = Graphs.of(TinyModel.PLAIN.folder(), "decoder_model_merged.onnx");
        Continuation row = graphs.continuations.after(graphs.start(4))) {
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> row.next(1_000_000))
          .isInstanceOf(RuntimeException.class);
      assertThat(row.next(5)).isNotEmpty();
    }
  }

  private static void assertClose(float[] found, float[] expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i]).isEqualTo(expected[i], org.assertj.core.api.Assertions.within(1e-3f));
    }
  }

  /** Guesses, full rows and rows that come and go, all in one block. */
  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "GROUPED"})
  void an_answer_that_guessed_goes_on_unharmed_among_others(TinyModel tiny) throws Exception {
    try (Graphs graphs = Graphs.of(tiny.folder(), "decoder_model_merged.onnx");
        Continuation before = graphs.continuations.after(graphs.start(40));
        AnswerRow guessing = (AnswerRow) graphs.continuations.after(graphs.start(57));
        Continuation behind = graphs.continuations.after(graphs.start(41));
        Continuation plain = graphs.plain(57);
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      guessing.ahead(new int[] {11, 12, 13, 14, 15, 16, 17}); // full now
      for (int i = 0; i < 3; i++) {
        int token = 30 + i;
        threads.invokeAll(List.of(() -> before.next(token), () -> behind.next(token)));
      }
      guessing.rewind(5);
      plain.next(11);
      plain.next(12);
      assertClose(guessing.next(99), plain.next(99));
    }
  }

  /** A decoder and its embeddings, opened without the rest of the model. */
  private record Graphs(
      Decoder decoder, TokenEmbedding embedding, Continuations continuations, Path file)
      implements AutoCloseable {

    static Graphs of(Path folder, String decoderFile) {
      OnnxRuntime runtime =
          OnnxRuntime.start(ExecutionProvider.CPU, 1, Path.of("target", "natives"));
      Path onnx = folder.resolve("onnx");
      Path file = onnx.resolve(decoderFile);
      Decoder decoder = Decoder.open(runtime, file, new CacheShape(-1, -1), Set.of());
      TokenEmbedding embedding = TokenEmbedding.open(runtime, onnx.resolve("embed_tokens.onnx"));
      return new Graphs(
          decoder, embedding, Continuations.open(runtime, decoder, embedding, file), file);
    }

    RowTrial trial() {
      RowLayout layout =
          decoder.rowLayout(GraphText.mentions(file, "GroupQueryAttention")).orElseThrow();
      return RowTrial.of(decoder, layout, new SplittableRandom(3));
    }

    DecoderStep start(int length) {
      int[] tokens = new int[length];
      Arrays.setAll(tokens, i -> 5 + i);
      try (KeyValueCache none = decoder.empty(COUNTED)) {
        return decoder.run(embedding.embed(tokens), length, none, 1, false);
      }
    }

    Continuation plain(int length) {
      return Continuations.plain(decoder, embedding).after(start(length));
    }

    /** The scores after eight tokens. */
    float[] write(int length) {
      try (Continuation answer = continuations.after(start(length))) {
        float[] scores = new float[0];
        for (int token = 0; token < 8; token++) {
          scores = answer.next(20 + token + length);
        }
        return scores;
      }
    }

    @Override
    public void close() {
      continuations.close();
      embedding.close();
      decoder.close();
    }
  }
}
