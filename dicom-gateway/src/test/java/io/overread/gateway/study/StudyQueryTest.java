package io.overread.gateway.study;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StudyQueryTest {

  @Test
  void words_become_terms_in_lower_case() {
    assertThat(StudyQuery.of("  Doe\tCHEST ", null, 50).terms()).containsExactly("doe", "chest");
  }

  @Test
  void nothing_asked_is_everything() {
    assertThat(StudyQuery.of(null, null, 50).terms()).isEmpty();
    assertThat(StudyQuery.of(" ", null, 50).terms()).isEmpty();
  }

  @Test
  void what_a_user_may_send_is_bounded() {
    StudyQuery query = StudyQuery.of("a\0b " + "x".repeat(5000) + " c d e f g h i j", null, 0);

    assertThat(query.terms()).hasSize(8).allMatch(term -> term.length() <= 64);
    assertThat(query.terms()).noneMatch(term -> term.indexOf('\0') >= 0);
    assertThat(query.limit()).isEqualTo(1);
    assertThat(StudyQuery.of(null, null, 1_000_000).limit()).isEqualTo(StudyQuery.LARGEST_LIMIT);
  }
}
