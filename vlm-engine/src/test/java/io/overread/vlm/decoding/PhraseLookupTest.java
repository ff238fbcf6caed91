package io.overread.vlm.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PhraseLookupTest {

  private final PhraseLookup lookup = new PhraseLookup(2);

  @Test
  void a_text_goes_on_as_it_did_after_the_same_tokens_before() {
    assertThat(lookup.next(List.of(), List.of(1, 2, 3, 4, 1, 2), 2)).containsExactly(3, 4);
  }

  @Test
  void the_prompt_is_looked_through_too() {
    assertThat(lookup.next(List.of(7, 8, 9), List.of(7, 8), 4)).containsExactly(9);
  }

  @Test
  void a_text_that_starts_as_the_last_one_did_is_taken_to_go_on_so() {
    lookup.remember(List.of(5, 6, 7, 8));
    assertThat(lookup.next(List.of(), List.of(5), 3)).containsExactly(6, 7, 8);
  }

  @Test
  void the_longest_match_wins_and_the_latest_text_among_equals() {
    lookup.remember(List.of(1, 2, 3, 40));
    lookup.remember(List.of(9, 2, 3, 50));
    assertThat(lookup.next(List.of(), List.of(2, 3), 1)).containsExactly(50);
    assertThat(lookup.next(List.of(), List.of(1, 2, 3), 1)).containsExactly(40);
  }

  @Test
  void nothing_known_is_nothing_guessed_and_old_texts_are_forgotten() {
    lookup.remember(List.of(1, 2, 3));
    lookup.remember(List.of(4, 5));
    lookup.remember(List.of(6, 7));
    assertThat(lookup.next(List.of(), List.of(1, 2), 3)).isEmpty();
    assertThat(lookup.next(List.of(), List.of(), 3)).isEmpty();
  }
}
