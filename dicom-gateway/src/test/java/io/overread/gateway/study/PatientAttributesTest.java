package io.overread.gateway.study;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PatientAttributesTest {

  @Test
  void names_that_differ_in_case_and_padding_only_are_the_same() {
    assertThat(named("Doe^Jane").conflictsWith(named("DOE^JANE^^^ "))).isEmpty();
  }

  @Test
  void what_one_of_them_leaves_out_is_no_conflict() {
    assertThat(named(null).conflictsWith(named("Doe^Jane"))).isEmpty();
    assertThat(named("Doe^Jane").conflictsWith(named(null))).isEmpty();
  }

  @Test
  void a_conflict_names_the_attribute_and_never_its_value() {
    PatientAttributes first = new PatientAttributes("17", null, "Doe^Jane", "19700101", "F");
    PatientAttributes second = new PatientAttributes("18", null, "Roe^Jane", "19700101", "M");

    assertThat(first.conflictsWith(second))
        .containsExactly("PatientID", "PatientName", "PatientSex");
  }

  private static PatientAttributes named(@Nullable String name) {
    return new PatientAttributes("17", null, name, null, null);
  }
}
