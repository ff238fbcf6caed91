package io.overread.vlm.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.vlm.tiny.TinyModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tiny tokenizer works on bytes: every character but ASCII spans several tokens. */
class StreamingTextTest {

  private static ModelTokenizer tokenizer;

  @BeforeAll
  static void open() {
    tokenizer =
        ModelTokenizer.open(
            TinyModel.PLAIN.folder().resolve("tokenizer.json"), Path.of("target", "natives"));
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no nodule",
        "Größe 3 µm, 漢字 und \uD83E\uDEC1 am Ende",
        "two  spaces\n\nand lines",
        "\uD83D\uDC68\u200D\u2695\uFE0F"
      })
  void every_piece_holds_whole_characters_and_joined_they_are_the_text(String text) {
    StreamingText streaming = new StreamingText(tokenizer);
    List<String> pieces = new ArrayList<>();
    for (int id : tokenizer.encode(text, false)) {
      pieces.add(streaming.add(id));
    }
    pieces.add(streaming.finish());
    assertThat(pieces).noneMatch(piece -> piece.contains("\uFFFD"));
    assertThat(pieces).noneMatch(StreamingTextTest::endsInHalfASurrogatePair);
    assertThat(String.join("", pieces)).isEqualTo(text).isEqualTo(streaming.text());
  }

  @Test
  void white_space_at_either_end_is_never_given() {
    StreamingText streaming = new StreamingText(tokenizer);
    StringBuilder joined = new StringBuilder();
    for (int id : tokenizer.encode("  \n yes \n ", false)) {
      joined.append(streaming.add(id));
    }
    joined.append(streaming.finish());
    assertThat(joined.toString()).isEqualTo("yes");
  }

  @Test
  void a_character_cut_short_by_the_end_is_dropped() {
    int[] ids = tokenizer.encode("ab漢", false);
    StreamingText streaming = new StreamingText(tokenizer);
    for (int i = 0; i < ids.length - 1; i++) {
      streaming.add(ids[i]);
    }
    streaming.finish();
    assertThat(streaming.text()).isEqualTo("ab");
  }

  private static boolean endsInHalfASurrogatePair(String piece) {
    return !piece.isEmpty() && Character.isHighSurrogate(piece.charAt(piece.length() - 1));
  }
}
