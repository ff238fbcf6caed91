package io.overread.service.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.reporting.finding.RecordedFinding;
import io.overread.service.shadow.Comparison.ModelName;
import io.overread.service.shadow.Comparison.Said;
import io.overread.service.shadow.Comparison.State;
import io.overread.service.shadow.ComparisonView.Call;
import io.overread.service.shadow.ComparisonView.ModelView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ComparisonViewTest {
  private static final ModelView DRAFTED = new ModelView("mini", "ab", "clip", "The draft.");

  @Test
  void findings_of_both_are_there_and_what_one_was_not_asked_for_is_no_agreement() {
    ComparisonView view =
        ComparisonView.of(
            comparison(
                State.DONE,
                List.of(
                    new Said("nodule", "Nodule", 0.9, true),
                    new Said("effusion", "Effusion", null, false))),
            DRAFTED,
            List.of(drafted("mass", 0.2, null), drafted("effusion", 0.1, false)));
    assertThat(view.findings())
        .extracting(ComparisonView.Row::findingId)
        .containsExactly("mass", "effusion", "nodule");
    assertThat(view.findings())
        .extracting(ComparisonView.Row::shadow)
        .containsExactly(null, new Call(null, false), new Call(0.9, true));
    assertThat(view.findings().getLast().drafted()).isNull();
    assertThat(view.agreed()).isEqualTo(1);
    assertThat(view.askedOfBoth()).isEqualTo(1);
    assertThat(view.shadow().text()).isEqualTo("Its text.");
  }

  @Test
  void of_one_that_has_not_read_nothing_is_compared() {
    ComparisonView view =
        ComparisonView.of(
            comparison(State.DUE, List.of()), DRAFTED, List.of(drafted("mass", 0.2, false)));
    assertThat(view.findings()).isEmpty();
    assertThat(view.askedOfBoth()).isZero();
  }

  private static Comparison comparison(State state, List<Said> findings) {
    return new Comparison(
        UUID.randomUUID(),
        UUID.randomUUID(),
        new ModelName("other", "cd"),
        state,
        state == State.DONE ? "Its text." : null,
        null,
        Instant.EPOCH,
        findings);
  }

  private static RecordedFinding drafted(String id, double probability, @Nullable Boolean present) {
    return new RecordedFinding(
        UUID.randomUUID(),
        0,
        new RecordedFinding.Question(id, id, "Is there " + id + "?"),
        new RecordedFinding.Score(probability, present, "About " + id + "."),
        new RecordedFinding.Codes(List.of(), List.of()),
        new RecordedFinding.Image("1.2.3", 1));
  }
}
