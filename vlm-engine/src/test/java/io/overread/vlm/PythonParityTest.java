package io.overread.vlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.overread.vlm.decoding.Decoding;
import io.overread.vlm.tiny.TinyModel;
import io.overread.vlm.tiny.TinyModel.Reference;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Java against Python's ONNX Runtime over the same graphs. Python keeps no cache and makes no
 * batch: agreement shows that the reused prefix, the growing cache and the padded batch change
 * nothing.
 */
class PythonParityTest {

  @ParameterizedTest
  @EnumSource(TinyModel.class)
  void the_greedy_answer_is_python_s_token_for_token(TinyModel tiny) {
    try (VisionLanguageModel model = tiny.load();
        EncodedStudy study = model.encode(List.of(TinyModel.picture()))) {
      for (Reference reference : tiny.references()) {
        Answer answer =
            model.answer(
                study,
                reference.question(),
                Decoding.greedy(12),
                TokenListener.NONE,
                new Cancellation());
        assertThat(answer.tokens()).isEqualTo(reference.tokens());
        for (int i = 0; i < answer.tokens().size(); i++) {
          assertThat(answer.tokenLogProbabilities().get(i))
              .isCloseTo(reference.logProbabilities().get(i), within(tolerance(tiny)));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TinyModel.class)
  void the_batched_scores_are_those_of_python_s_single_runs(TinyModel tiny) {
    List<Reference> references = tiny.references();
    try (VisionLanguageModel model = tiny.load();
        EncodedStudy study = model.encode(List.of(TinyModel.picture()))) {
      List<AnswerScore> scores =
          model.score(study, references.stream().map(Reference::question).toList());
      for (int i = 0; i < scores.size(); i++) {
        assertThat(scores.get(i).logProbabilityYes())
            .isCloseTo(references.get(i).yes(), within(10 * tolerance(tiny)));
        assertThat(scores.get(i).logProbabilityNo())
            .isCloseTo(references.get(i).no(), within(10 * tolerance(tiny)));
      }
    }
  }

  /** A cache in half precision rounds what Python, recomputing all, need not round. */
  private static double tolerance(TinyModel tiny) {
    return tiny == TinyModel.HALVES ? 0.05 : 1e-4;
  }
}
