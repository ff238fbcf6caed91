package io.overread.reporting.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overread.audit.AuditEntry;
import io.overread.reporting.Desk;
import io.overread.reporting.conversation.RecordedQuestion.Given;
import io.overread.reporting.finding.Doubt;
import io.overread.reporting.text.InvalidTextException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

class ConversationIT {
  private final Desk desk = new Desk();

  ConversationIT() {
    desk.study("1.2.3", "P1", "A1");
  }

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void question_and_answer_are_kept_and_the_audit_trail_names_them_by_digest_only() {
    var asked = ask("Does Anna Müller have an effusion?");
    var answered =
        desk.conversation.answer(asked.id(), new Given("Mrs. Müller: no.", -0.2, false, "stop"));
    assertThat(desk.conversation.ofStudy("1.2.3")).containsExactly(answered);
    assertThat(answered.asked()).isEqualTo(asked.asked());
    var trail = desk.audited("1.2.3");
    assertThat(trail)
        .extracting(AuditEntry::action)
        .containsExactly("QUESTION_ASKED", "ANSWER_GIVEN");
    assertThat(trail).extracting(AuditEntry::actor).containsOnly("user:gray");
    assertThat(trail).extracting(AuditEntry::detail).noneMatch(detail -> detail.contains("ller"));
    assertThat(trail.getLast().detail()).contains("answerDigest", "finishReason");
  }

  @Test
  void an_answer_that_is_withheld_is_kept_with_the_reason_and_its_probability() {
    var asked = ask("How large is it?");
    var withheld = new Doubt("measurement", "It states a measurement.");
    var given = new Given("3 cm", -0.2, false, "stop", 0.4, withheld);
    var answered = desk.conversation.answer(asked.id(), given);
    assertThat(desk.conversation.ofStudy("1.2.3")).containsExactly(answered);
    assertThat(answered.answered()).extracting(RecordedQuestion.Answered::given).isEqualTo(given);
    assertThat(desk.audited("1.2.3").getLast().detail()).contains("\"withheldBy\":\"measurement\"");
  }

  @Test
  void a_question_the_model_failed_on_is_audited_as_failed() {
    var asked = ask("Is there a nodule?");
    var answered = desk.conversation.answer(asked.id(), new Given(null, null, false, "error"));
    assertThat(answered.answered()).isNotNull();
    assertThat(desk.audited("1.2.3").getLast().outcome()).isEqualTo("FAILED");
  }

  @Test
  void an_answer_is_given_once() {
    var asked = ask("Is there a nodule?");
    desk.conversation.answer(asked.id(), new Given("No.", -0.1, false, "stop"));
    assertThatThrownBy(
            () -> desk.conversation.answer(asked.id(), new Given("Yes.", -0.1, false, "stop")))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> desk.jdbc.sql("update question set answer = 'Yes.'").update())
        .isInstanceOf(DataAccessException.class);
    assertThatThrownBy(() -> desk.jdbc.sql("delete from question").update())
        .isInstanceOf(DataAccessException.class);
    assertThat(desk.audited("1.2.3")).hasSize(2);
  }

  @Test
  void an_unknown_question_can_not_be_answered() {
    assertThatThrownBy(
            () ->
                desk.conversation.answer(UUID.randomUUID(), new Given("No.", -0.1, false, "stop")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void an_empty_question_is_refused_and_not_recorded() {
    assertThatThrownBy(() -> ask("  ")).isInstanceOf(InvalidTextException.class);
    assertThat(desk.conversation.ofStudy("1.2.3")).isEmpty();
    assertThat(desk.audited("1.2.3")).isEmpty();
  }

  private RecordedQuestion ask(String question) {
    return desk.conversation.ask("1.2.3", "gray", question, Desk.MODEL.digest());
  }
}
