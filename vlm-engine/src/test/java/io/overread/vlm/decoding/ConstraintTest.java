package io.overread.vlm.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Over a vocabulary of all bytes and some longer tokens, some of which end within a character. */
class ConstraintTest {

  private static final int STOP = 0;
  private static final byte[][] TOKENS = vocabulary();
  private static final TokenTrie TRIE = new TokenTrie(TOKENS);
  private static final String SCHEMA =
      """
      {"type": "object", "properties": {
        "größe": {"type": "string", "maxLength": 5},
        "side": {"enum": ["left", "right", null]},
        "count": {"type": "integer"},
        "sure": {"type": "number"},
        "seen": {"type": "array", "items": {"type": "boolean"}, "minItems": 1, "maxItems": 3}}}
      """;

  @Test
  void random_logits_write_one_of_the_choices_to_its_end() {
    List<String> choices = List.of("X-ray", "X-ray of the chest", "Röntgenbild 胸部", "CT");
    TokenAutomaton automaton = new TokenAutomaton(new Constraint.Choices(choices), TRIE);
    for (int seed = 0; seed < 200; seed++) {
      assertThat(choices).contains(written(automaton, 40, seed).strip());
    }
  }

  @Test
  void random_logits_write_json_of_the_schema_within_the_limit() {
    TokenAutomaton automaton = new TokenAutomaton(new Constraint.JsonOf(SCHEMA), TRIE);
    for (int seed = 0; seed < 100; seed++) {
      int limit = automaton.shortest() + seed % 40;
      JsonNode json = JsonMapper.shared().readTree(written(automaton, limit, seed));
      assertThat(json.propertyNames()).containsExactly("größe", "side", "count", "sure", "seen");
      String size = json.get("größe").stringValue();
      assertThat(size.codePointCount(0, size.length())).isLessThanOrEqualTo(5);
      assertThat(json.get("count").isIntegralNumber()).isTrue();
      assertThat(json.get("sure").isNumber()).isTrue();
      assertThat(json.get("seen").size()).isBetween(1, 3);
    }
  }

  @Test
  void random_logits_write_a_number() {
    TokenAutomaton automaton = new TokenAutomaton(new Constraint.DecimalNumber(3, 2), TRIE);
    for (int seed = 0; seed < 200; seed++) {
      assertThat(written(automaton, 8, seed).strip())
          .matches("-?(0|[1-9][0-9]{0,2})(\\.[0-9]{1,2})?");
    }
  }

  @Test
  void logits_that_are_no_numbers_still_write_a_choice() {
    TokenAutomaton automaton =
        new TokenAutomaton(new Constraint.Choices(List.of("left", "right")), TRIE);
    for (float value : new float[] {Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY}) {
      ConstrainedSampler chooser = chooser(automaton, 10, Decoding.greedy(10), 1);
      float[] logits = new float[TOKENS.length];
      Arrays.fill(logits, value);
      assertThat(run(chooser, ignored -> logits).strip()).isIn("left", "right");
    }
  }

  @Test
  void the_model_s_order_among_the_fitting_tokens_is_kept() {
    TokenAutomaton automaton =
        new TokenAutomaton(new Constraint.Choices(List.of("left", "right")), TRIE);
    float[] logits = new float[TOKENS.length];
    logits['r' + 1] = 5;
    logits['z' + 1] = 50;
    assertThat(run(chooser(automaton, 10, Decoding.greedy(10), 1), ignored -> logits).strip())
        .isEqualTo("right");
  }

  @Test
  void a_limit_that_no_answer_fits_in_is_refused_before_a_token_is_written() {
    TokenAutomaton automaton =
        new TokenAutomaton(new Constraint.Choices(List.of("hemithorax")), TRIE);
    assertThatThrownBy(() -> chooser(automaton, automaton.shortest() - 1, Decoding.greedy(9), 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void what_the_tokens_can_t_write_is_refused() {
    TokenTrie digits = new TokenTrie(new byte[][] {"1".getBytes(StandardCharsets.UTF_8), null});
    assertThatThrownBy(() -> new TokenAutomaton(new Constraint.Choices(List.of("left")), digits))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no tokens");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\": \"string\", \"pattern\": \"a*\"}",
        "{\"anyOf\": []}",
        "{\"type\": \"date\"}",
        "{\"type\": \"array\"}",
        "[]",
        "{",
      })
  void a_schema_that_can_t_be_followed_is_refused(String schema) {
    assertThatThrownBy(() -> new Constraint.JsonOf(schema))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String written(TokenAutomaton automaton, int limit, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Decoding decoding = seed % 2 == 0 ? Decoding.greedy(99) : Decoding.sampled(99, 1.5, seed);
    return run(
        chooser(automaton, limit, decoding, seed),
        ignored -> {
          float[] logits = new float[TOKENS.length];
          for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) (random.nextDouble() * 20 - 10);
          }
          return logits;
        });
  }

  private static ConstrainedSampler chooser(
      TokenAutomaton automaton, int limit, Decoding decoding, int seed) {
    return new ConstrainedSampler(
        new TokenSampler(decoding, new SplittableRandom(seed)), automaton, Set.of(STOP), limit);
  }

  private static String run(
      ConstrainedSampler chooser, java.util.function.IntFunction<float[]> logits) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int step = 0; ; step++) {
      int token = chooser.choose(logits.apply(step));
      if (token == TokenChooser.END) {
        return bytes.toString(StandardCharsets.UTF_8);
      }
      bytes.writeBytes(TOKENS[token]);
    }
  }

  private static byte[][] vocabulary() {
    List<byte[]> tokens = new ArrayList<>();
    tokens.add(null);
    for (int octet = 0; octet < 256; octet++) {
      tokens.add(new byte[] {(byte) octet});
    }
    for (String text : List.of("ray", "X-", "the", " chest", "left", "true", "\":", "胸", "\",\"")) {
      tokens.add(text.getBytes(StandardCharsets.UTF_8));
    }
    tokens.add(Arrays.copyOf("胸部".getBytes(StandardCharsets.UTF_8), 4));
    return tokens.toArray(byte[][]::new);
  }
}
