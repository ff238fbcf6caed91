package io.overread.vlm.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.overread.vlm.Answer;
import io.overread.vlm.AnswerScore;
import io.overread.vlm.AnswerScore.Choice;
import io.overread.vlm.Cancellation;
import io.overread.vlm.decoding.FinishReason;
import io.overread.vlm.finding.BatteryProgress;
import io.overread.vlm.finding.FindingBattery;
import io.overread.vlm.finding.FindingCatalogues;
import io.overread.vlm.finding.ScoredFinding;
import io.overread.vlm.region.RegionText;
import io.overread.vlm.region.WrittenRegion;
import io.overread.vlm.remote.Departure.Arrival;
import io.overread.vlm.remote.Departure.Consignment;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Each protocol against recorded answers: what is asked, and what is made of the answer. */
class RemoteModelTest {

  private static List<AnswerScore> score(Remote remote, String... questions) {
    try (RemoteStudy study = remote.model.encode(List.of(Remote.IMAGE))) {
      return remote.model.score(study, List.of(questions));
    }
  }

  @Test
  void an_answer_of_transformers_serve_has_its_text_and_no_probability() throws IOException {
    List<String> pieces = new ArrayList<>();
    try (Replay server = new Replay(Replay.recorded("transformers-serve.sse"));
        Remote remote = Remote.of(Engine.OPENAI, server.url())) {
      Answer answer = remote.answer(pieces::add, new Cancellation());
      assertThat(answer.text())
          .isEqualTo("3\uFFFD\uFFFD\uFFFD.F")
          .isEqualTo(String.join("", pieces));
      assertThat(answer.finishReason()).isEqualTo(FinishReason.LENGTH);
      assertThat(answer.meanLogProbability()).isEmpty();
      assertThat(answer.hasRefusalProbability()).isFalse();
      assertThatIllegalStateException().isThrownBy(answer::refusalProbability);
      Replay.Request request = server.requests().getFirst();
      assertThat(request.path()).isEqualTo("/chat/completions");
      JsonNode body = request.body();
      assertThat(body.path("model").asString()).isEqualTo("tiny");
      assertThat(body.path("max_tokens").asInt()).isEqualTo(6);
      JsonNode content = body.path("messages").path(1).path("content");
      assertThat(content.path(0).path("image_url").path("url").asString())
          .startsWith("data:image/png;base64,iVBOR");
    }
  }

  @Test
  void chat_completions_with_log_probabilities_give_each_tokens_and_the_mean() throws IOException {
    List<String> pieces = new ArrayList<>();
    try (Replay server = new Replay(Replay.recorded("openai-text.sse"));
        Remote remote = Remote.of(Engine.OPENAI, server.url())) {
      Answer answer = remote.answer(pieces::add, new Cancellation());
      assertThat(answer.text()).isEqualTo("A nodule.");
      assertThat(pieces).containsExactly("A", " nodule.");
      assertThat(answer.tokenLogProbabilities()).containsExactly(-0.25, -0.5, -0.75);
      assertThat(answer.meanLogProbability()).hasValue(-0.5);
      assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
    }
  }

  @Test
  void a_yes_no_question_is_scored_by_all_spellings_of_the_first_token() throws IOException {
    try (Replay server = new Replay(Replay.recorded("openai-yes.sse"));
        Remote remote = Remote.of(Engine.OPENAI, server.url())) {
      AnswerScore score = score(remote, "Is there a nodule?").getFirst();
      assertThat(score.choice()).isEqualTo(Choice.YES);
      assertThat(Math.exp(score.logProbabilityYes())).isCloseTo(0.75, within(1e-6));
      assertThat(Math.exp(score.logProbabilityNo())).isCloseTo(0.2, within(1e-6));
      assertThat(score.refusalProbability()).isCloseTo(0.02, within(1e-6));
      assertThat(server.requests().getFirst().body().path("top_logprobs").asInt()).isEqualTo(20);
      assertThat(server.requests().getFirst().body().path("max_tokens").asInt()).isEqualTo(1);
    }
  }

  @Test
  void an_engine_without_log_probabilities_is_asked_for_the_choice_and_only_that_from_then_on()
      throws IOException {
    try (Replay server =
            new Replay(
                Replay.recorded("transformers-serve.sse"), Replay.recorded("openai-choice.sse"));
        Remote remote = Remote.of(Engine.OPENAI, server.url())) {
      AnswerScore score = score(remote, "Is there a nodule?").getFirst();
      assertThat(score.choice()).isEqualTo(Choice.NO);
      assertThat(score.hasProbabilities()).isFalse();
      assertThatIllegalStateException().isThrownBy(score::logOdds);
      score(remote, "Is there an effusion?");
      assertThat(server.requests()).hasSize(3);
      JsonNode format = server.requests().getLast().body().path("response_format");
      assertThat(format.path("type").asString()).isEqualTo("json_schema");
      JsonNode schema = format.path("json_schema").path("schema");
      assertThat(schema.path("properties").path("answer").path("enum").size()).isEqualTo(3);
    }
  }

  @Test
  void a_battery_without_probabilities_has_findings_that_say_so() throws IOException {
    var catalogue = FindingCatalogues.shipped().forStudy("DX", "CHEST");
    try (Replay server =
            new Replay(
                Replay.recorded("transformers-serve.sse"), Replay.recorded("openai-choice.sse"));
        Remote remote = Remote.of(Engine.OPENAI, server.url());
        RemoteStudy study = remote.model.encode(List.of(Remote.IMAGE))) {
      remote.model.score(study, List.of("Is it?"));
      List<ScoredFinding> findings =
          FindingBattery.run(remote.model, study, catalogue, BatteryProgress.NONE);
      assertThat(findings).hasSameSizeAs(catalogue.findings());
      assertThat(findings).allMatch(finding -> !finding.hasProbability());
      assertThat(findings).allMatch(finding -> finding.choice() == Choice.NO);
      assertThatIllegalStateException().isThrownBy(findings.getFirst()::probability);
      assertThatIllegalStateException().isThrownBy(findings.getFirst()::probabilityOfNeither);
    }
  }

  @Test
  void ollama_is_asked_and_read_in_its_own_words() throws IOException {
    try (Replay server = new Replay(Replay.recorded("ollama.ndjson"));
        Remote remote = Remote.of(Engine.OLLAMA, server.url())) {
      Answer answer = remote.answer();
      assertThat(answer.text()).isEqualTo("No nodule");
      assertThat(answer.tokenLogProbabilities()).containsExactly(-0.10536052, -0.5);
      assertThat(answer.finishReason()).isEqualTo(FinishReason.LENGTH);
      AnswerScore score = score(remote, "Is there a nodule?").getFirst();
      assertThat(score.choice()).isEqualTo(Choice.NO);
      assertThat(Math.exp(score.logProbabilityYes())).isCloseTo(0.08, within(1e-6));
      Replay.Request request = server.requests().getFirst();
      assertThat(request.path()).isEqualTo("/api/chat");
      assertThat(request.body().path("options").path("num_predict").asInt()).isEqualTo(6);
      assertThat(request.body().path("messages").path(1).path("images").path(0).asString())
          .startsWith("iVBOR");
    }
  }

  @Test
  void gemini_is_asked_and_read_in_its_own_words_and_may_keep_its_answer_back() throws IOException {
    try (Replay server =
            new Replay(
                Replay.recorded("gemini.sse"),
                Replay.recorded("gemini.sse"),
                Replay.recorded("gemini-blocked.sse"));
        Remote remote = Remote.of(Engine.GEMINI, server.url())) {
      Answer answer = remote.answer();
      assertThat(answer.text()).isEqualTo("No nodule.");
      assertThat(answer.meanLogProbability().getAsDouble()).isCloseTo(-0.30268, within(1e-5));
      assertThat(score(remote, "Is there a nodule?").getFirst().choice()).isEqualTo(Choice.NO);
      Replay.Request request = server.requests().getFirst();
      assertThat(request.path()).isEqualTo("/models/tiny:streamGenerateContent?alt=sse");
      JsonNode parts = request.body().path("contents").path(0).path("parts");
      assertThat(parts.path(0).path("inlineData").path("mimeType").asString())
          .isEqualTo("image/png");
      assertThatThrownBy(remote::answer).hasMessageContaining("keeps its answer back");
    }
  }

  @Test
  void gemini_s_boxes_are_taken_out_of_its_words_and_no_other_engine_is_asked_for_any() {
    String said = "[{\"box_2d\": [100, 200, 300, 400], \"label\": \"mass\"}]";
    Answer answer =
        new Answer(said, List.of(), List.of(), FinishReason.STOP, false, Answer.UNKNOWN);
    URI nowhere = URI.create("http://127.0.0.1:9");
    try (Remote gemini = Remote.of(Engine.GEMINI, nowhere);
        Remote other = Remote.of(Engine.OPENAI, nowhere);
        RemoteStudy one = gemini.model.encode(List.of(Remote.IMAGE));
        RemoteStudy others = other.model.encode(List.of(Remote.IMAGE))) {
      assertThat(gemini.model.groundingQuestion("mass").orElseThrow()).contains("mass", "box_2d");
      RegionText read = gemini.model.regions(one, "Where?", answer);
      assertThat(read.text()).isEqualTo("mass");
      assertThat(read.regions()).containsExactly(new WrittenRegion.Box("mass", 0.2, 0.1, 0.4, 0.3));
      assertThat(other.model.groundingQuestion("mass")).isEmpty();
      assertThat(other.model.regions(others, "Where?", answer)).isEqualTo(RegionText.plain(said));
    }
  }

  @Test
  void triton_is_given_tensors_and_answers_as_a_whole() throws IOException {
    try (Replay server = new Replay(Replay.recorded("triton.json"));
        Remote remote = Remote.of(Engine.KSERVE, server.url())) {
      assertThat(remote.answer().text()).isEqualTo("saw 2 image(s), asked: Is there a nodule?");
      Replay.Request request = server.requests().getFirst();
      assertThat(request.path()).isEqualTo("/v2/models/tiny/infer");
      assertThat(request.body().path("inputs").path(1).path("shape").toString()).isEqualTo("[1,1]");
    }
  }

  @Test
  void words_that_keep_to_no_schema_are_a_choice_where_they_begin_like_one() {
    assertThat(YesNo.choice("Yes, in the left lung.")).isEqualTo(Choice.YES);
    assertThat(YesNo.choice("no")).isEqualTo(Choice.NO);
    assertThat(YesNo.choice("{\"answer\":\"cannot tell\"}")).isEqualTo(Choice.NEITHER);
    assertThat(YesNo.choice("{\"answer\":")).isEqualTo(Choice.NEITHER);
    assertThat(YesNo.choice("Nodules are there.")).isEqualTo(Choice.NEITHER);
    assertThat(YesNo.choice("")).isEqualTo(Choice.NEITHER);
  }

  @Test
  void of_an_unseen_no_it_is_assumed_only_what_the_list_leaves() {
    AnswerScore score =
        YesNo.of("q", List.of(new Alternative("\u0120Yes", Math.log(0.9))), "x").orElseThrow();
    assertThat(Math.exp(score.logProbabilityNo())).isCloseTo(0.1, within(1e-9));
    assertThat(YesNo.of("q", List.of(new Alternative("The", -0.1)), "x")).isEmpty();
  }

  @Test
  void nothing_leaves_that_was_not_written_down_before_and_the_text_is_cleared()
      throws IOException {
    List<String> written = new ArrayList<>();
    Departure departure =
        new Departure() {
          @Override
          public String cleared(String text) {
            return text.replace("Doe", "[removed]");
          }

          @Override
          public UUID leaving(Consignment sent) {
            written.add("leaving " + sent.hosts().size() + " " + sent.imageDigests().size());
            if (written.size() > 2) {
              throw new IllegalStateException("the audit trail is full");
            }
            return UUID.randomUUID();
          }

          @Override
          public void ended(UUID call, Arrival arrival) {
            written.add(arrival.outcome() + " " + arrival.requests());
          }
        };
    try (Replay server = new Replay(Replay.recorded("openai-yes.sse"));
        RemoteModel model =
            RemoteModel.open(
                Remote.settings(Engine.OPENAI, RemoteSettings.Limits.standard(), server.url()))) {
      assertThatIllegalStateException().isThrownBy(() -> model.encode(List.of(Remote.IMAGE)));
      try (RemoteStudy study = model.encode(List.of(Remote.IMAGE), departure)) {
        model.score(study, List.of("Has Doe a nodule?", "Has Doe an effusion?"));
        assertThat(written).containsExactly("leaving 1 1", "answered 2");
        assertThat(server.requests()).noneMatch(each -> each.body().toString().contains("Doe"));
        assertThatIllegalStateException()
            .isThrownBy(() -> model.score(study, List.of("Is it?")))
            .withMessageContaining("audit");
        assertThat(server.requests()).hasSize(2);
      }
    }
  }
}
