package io.overread.vlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overread.vlm.decoding.Decoding;
import io.overread.vlm.decoding.FinishReason;
import io.overread.vlm.tiny.TinyFamily;
import io.overread.vlm.tiny.TinyFamily.Golden;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a study of each family holds, and when it lets go of it. */
class FamilyLifecycleTest {

  @ParameterizedTest
  @ValueSource(strings = {"qwen2-vl", "qwen3-vl", "llama-3.2-vision", "florence-2"})
  void an_answer_ends_between_tokens_when_it_is_cancelled_and_the_study_goes_on(String name) {
    TinyFamily tiny = new TinyFamily(name);
    Golden golden = tiny.golden().getFirst();
    try (OnnxModel model = tiny.load();
        OnnxStudy study = model.encode(golden.pictures())) {
      Cancellation cancellation = new Cancellation();
      Answer cut =
          model.answer(
              study,
              golden.question(),
              Decoding.greedy(12),
              piece -> cancellation.cancel(),
              cancellation);
      assertThat(cut.finishReason()).isEqualTo(FinishReason.CANCELLED);
      assertThat(golden.tokens()).startsWith(cut.tokens().toArray(Integer[]::new));
      assertThat(cut.tokens()).hasSizeLessThan(golden.tokens().size());
      assertThat(answer(model, study, golden).tokens()).isEqualTo(golden.tokens());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"qwen3-vl", "llama-3.2-vision", "florence-2"})
  void what_questions_share_outlives_each_of_them_and_ends_with_the_study(String name) {
    TinyFamily tiny = new TinyFamily(name);
    Golden golden = tiny.golden().getFirst();
    List<String> questions = List.of("Is there a nodule?", "Is it large, and where?");
    try (OnnxModel model = tiny.load()) {
      OnnxStudy study = model.encode(golden.pictures());
      List<AnswerScore> before = model.score(study, questions);
      assertThat(answer(model, study, golden).tokens()).isEqualTo(golden.tokens());
      assertThat(model.score(study, questions)).isEqualTo(before);
      study.close();
      assertThatThrownBy(() -> model.score(study, questions))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  private static Answer answer(OnnxModel model, OnnxStudy study, Golden golden) {
    return model.answer(
        study, golden.question(), Decoding.greedy(12), TokenListener.NONE, new Cancellation());
  }
}
