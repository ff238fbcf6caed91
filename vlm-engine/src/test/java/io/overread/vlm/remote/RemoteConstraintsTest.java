package io.overread.vlm.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.overread.vlm.Answer;
import io.overread.vlm.Cancellation;
import io.overread.vlm.TokenListener;
import io.overread.vlm.decoding.Constraint;
import io.overread.vlm.decoding.Constraint.Choices;
import io.overread.vlm.decoding.Constraint.DecimalNumber;
import io.overread.vlm.decoding.Constraint.JsonOf;
import io.overread.vlm.decoding.Decoding;
import io.overread.vlm.decoding.FinishReason;
import io.overread.vlm.failure.RemoteEngineException;
import io.overread.vlm.failure.RemoteEngineException.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Constraints go to each engine in its own words, and no answer outside of one comes back. */
class RemoteConstraintsTest {

  private static final Choices LOBES = new Choices(List.of("upper lobe", "lower lobe"));
  private static final JsonOf FINDING =
      new JsonOf(
          """
          {"type": "object", "properties": {
            "side": {"enum": ["left", "right"], "description": "of the patient"},
            "count": {"type": "integer"},
            "size_mm": {"type": "number"},
            "words": {"type": "string", "maxLength": 20}}}
          """);

  private static Answer ask(Remote remote, Constraint constraint, TokenListener listener) {
    try (RemoteStudy study = remote.model.encode(List.of(Remote.IMAGE))) {
      return remote.model.answer(
          study, "Where?", Decoding.greedy(20).within(constraint), listener, new Cancellation());
    }
  }

  private static Answer ask(Remote remote, Constraint constraint) {
    return ask(remote, constraint, TokenListener.NONE);
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  /** Chat completions with this text. */
  private static Replay.Answer says(String text) {
    String content = JsonMapper.shared().writeValueAsString(text);
    return Replay.body(
        Replay.utf8(
            "data: {\"choices\":[{\"delta\":{\"content\":"
                + content
                + "},\"finish_reason\":\"stop\"}]}\n\n"));
  }

  private static void refuses(Remote remote, Constraint constraint) {
    List<String> heard = new ArrayList<>();
    assertThatThrownBy(() -> ask(remote, constraint, heard::add))
        .asInstanceOf(type(RemoteEngineException.class))
        .extracting(RemoteEngineException::kind)
        .isEqualTo(Kind.UNCONSTRAINED);
    assertThat(heard).isEmpty();
  }

  @Test
  void chat_completions_are_given_a_strict_schema_and_their_json_comes_out_in_one_form()
      throws IOException {
    List<String> heard = new ArrayList<>();
    try (Replay server = new Replay(Replay.recorded("openai-json.sse"));
        Remote remote = Remote.of(Engine.OPENAI, server.url())) {
      Answer answer = ask(remote, FINDING, heard::add);
      assertThat(answer.text())
          .isEqualTo(
              "{\"side\":\"left\",\"count\":2,\"size_mm\":4.50,\"words\":\"knötchen"
                  + " \uD83E\uDEC1\"}");
      assertThat(heard).as("told when it is whole").containsExactly(answer.text());
      assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
      JsonNode body = server.requests().getFirst().body();
      assertThat(body.path("response_format"))
          .isEqualTo(
              json(
                  """
                  {"type": "json_schema", "json_schema": {"name": "answer", "strict": true, "schema":
                    {"type": "object", "properties": {
                      "side": {"description": "of the patient", "enum": ["left", "right"], "type": "string"},
                      "count": {"type": "integer"},
                      "size_mm": {"type": "number"},
                      "words": {"type": "string"}},
                     "required": ["side", "count", "size_mm", "words"], "additionalProperties": false}}}
                  """));
      assertThat(body.path("messages").path(1).path("content").path(1).path("text").asString())
          .startsWith("Where?\nAnswer with JSON of this schema alone: {")
          .contains("\"maxLength\":20");
    }
  }

  @Test
  void ollama_is_given_the_schema_as_its_format_and_a_number_comes_out_of_the_object()
      throws IOException {
    try (Replay server = new Replay(Replay.recorded("ollama-number.ndjson"));
        Remote remote = Remote.of(Engine.OLLAMA, server.url())) {
      assertThat(ask(remote, new DecimalNumber(3, 1)).text()).isEqualTo("12.5");
      assertThat(server.requests().getFirst().body().path("format"))
          .isEqualTo(
              json(
                  """
                  {"type": "object", "properties": {"answer": {"type": "number"}},
                   "required": ["answer"], "additionalProperties": false}
                  """));
    }
  }

  @Test
  void gemini_is_given_an_enumeration_or_its_own_kind_of_schema() throws IOException {
    try (Replay server =
            new Replay(Replay.recorded("gemini-enum.sse"), Replay.recorded("gemini-json.sse"));
        Remote remote = Remote.of(Engine.GEMINI, server.url())) {
      assertThat(ask(remote, LOBES).text()).isEqualTo("lower lobe");
      assertThat(ask(remote, FINDING).text())
          .isEqualTo("{\"side\":\"left\",\"count\":2,\"size_mm\":4.5,\"words\":\"none\"}");
      JsonNode first = server.requests().getFirst().body().path("generationConfig");
      assertThat(first.path("responseMimeType").asString()).isEqualTo("text/x.enum");
      assertThat(first.path("responseSchema"))
          .isEqualTo(json("{\"type\": \"STRING\", \"enum\": [\"upper lobe\", \"lower lobe\"]}"));
      JsonNode second = server.requests().getLast().body().path("generationConfig");
      assertThat(second.path("responseMimeType").asString()).isEqualTo("application/json");
      assertThat(second.path("responseSchema"))
          .isEqualTo(
              json(
                  """
                  {"type": "OBJECT", "properties": {
                    "side": {"type": "STRING", "description": "of the patient", "enum": ["left", "right"]},
                    "count": {"type": "INTEGER"},
                    "size_mm": {"type": "NUMBER"},
                    "words": {"type": "STRING", "minLength": "0", "maxLength": "20"}},
                   "propertyOrdering": ["side", "count", "size_mm", "words"],
                   "required": ["side", "count", "size_mm", "words"]}
                  """));
    }
  }

  @Test
  void a_tensor_has_no_schema_so_words_ask_and_the_answer_is_held_against_the_constraint()
      throws IOException {
    String body =
        """
        {"outputs":[{"name":"text_output","datatype":"BYTES","shape":[1,1],"data":["%s"]}]}
        """;
    try (Replay server =
            new Replay(
                Replay.body(Replay.utf8(body.formatted("lower lobe"))),
                Replay.body(Replay.utf8(body.formatted("It is the lower lobe."))));
        Remote remote = Remote.of(Engine.KSERVE, server.url())) {
      assertThat(ask(remote, LOBES).text()).isEqualTo("lower lobe");
      String asked =
          server
              .requests()
              .getFirst()
              .body()
              .path("inputs")
              .path(0)
              .path("data")
              .path(0)
              .asString();
      assertThat(asked).endsWith("Where?\nAnswer with exactly one of: upper lobe, lower lobe.");
      refuses(remote, LOBES);
    }
  }

  @Test
  void an_engine_that_ignores_the_schema_is_asked_once_more_and_another_replica_first()
      throws IOException {
    try (Replay ignorant = new Replay(says("The lower lobe, I think."));
        Replay knowing = new Replay(says("{\"answer\": \"lower lobe\"}"));
        Remote one = Remote.of(Engine.OPENAI, ignorant.url());
        Remote both = Remote.of(Engine.OPENAI, ignorant.url(), knowing.url())) {
      refuses(one, LOBES);
      assertThat(ignorant.requests()).hasSize(2);
      assertThat(ignorant.requests().stream().map(each -> each.body().path("seed").asInt()))
          .containsExactly(0, 1);
      assertThat(one.pauses).isEmpty();
      assertThat(ask(both, LOBES).text()).isEqualTo("lower lobe");
      assertThat(one.model.health().getFirst().circuit()).isEqualTo("CLOSED");
    }
  }

  @Test
  void what_is_nearly_within_the_constraint_is_not() throws IOException {
    List<String> wrong =
        List.of(
            "Lower lobe",
            "{\"answer\": \"lower lobe\", \"answer\": \"upper lobe\"}",
            "{\"answer\": \"lower lobe\"} upper lobe",
            "{\"answer\": [\"lower lobe\"]}",
            "{\"other\": \"lower lobe\"}",
            "{\"answer\": \"lower lo",
            "");
    for (String each : wrong) {
      try (Replay server = new Replay(says(each));
          Remote remote = Remote.of(Engine.OPENAI, server.url())) {
        refuses(remote, LOBES);
      }
    }
    for (String each :
        List.of("{\"answer\": 1e999999999}", "{\"answer\": 12.345}", "1234", "NaN")) {
      try (Replay server = new Replay(says(each));
          Remote remote = Remote.of(Engine.OPENAI, server.url())) {
        refuses(remote, new DecimalNumber(3, 2));
      }
    }
  }

  @Test
  void fenced_json_and_bare_text_are_taken_where_they_are_within_it() throws IOException {
    try (Replay server = new Replay(says("```json\n{\"answer\": 1.2e1}\n```"), says(" -7 "));
        Remote remote = Remote.of(Engine.OPENAI, server.url())) {
      assertThat(ask(remote, new DecimalNumber(3, 2)).text()).isEqualTo("12");
      assertThat(ask(remote, new DecimalNumber(3, 2)).text()).isEqualTo("-7");
    }
  }

  @Test
  void log_probabilities_of_the_json_around_an_answer_are_not_the_answers() throws IOException {
    String scored =
        """
        data: {"choices":[{"delta":{"content":%s},"logprobs":{"content":[{"token":"x","logprob":-0.5}]},"finish_reason":"stop"}]}

        """;
    try (Replay server =
            new Replay(
                Replay.body(Replay.utf8(scored.formatted("\"lower lobe\""))),
                Replay.body(
                    Replay.utf8(scored.formatted("\"{\\\"answer\\\":\\\"lower lobe\\\"}\""))));
        Remote remote = Remote.of(Engine.OPENAI, server.url())) {
      assertThat(ask(remote, LOBES).tokenLogProbabilities()).containsExactly(-0.5);
      assertThat(ask(remote, LOBES).tokenLogProbabilities()).isEmpty();
    }
  }

  @Test
  void a_refusal_in_the_place_of_structured_output_is_named_and_not_asked_for_again()
      throws IOException {
    try (Replay server = new Replay(Replay.recorded("openai-refusal.sse"));
        Remote remote = Remote.of(Engine.OPENAI, server.url())) {
      assertThatThrownBy(() -> ask(remote, LOBES)).hasMessageContaining("keeps its answer back");
      assertThat(server.requests()).hasSize(1);
    }
  }
}
