package io.overread.reporting.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersonNamesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Adams^John Robert Quincy^^Rev.^B.A. M.Div.;"
            + "family Adams, given [John Robert Quincy], prefix [Rev.], suffix [B.A. M.Div.]",
        "Doe; family Doe, given [], prefix [], suffix []",
        "^Jane; family null, given [Jane], prefix [], suffix []",
        "Doe^Jane^Mary^^; family Doe, given [Jane, Mary], prefix [], suffix []",
        "A^B^C^D^E^F; family A, given [B, C], prefix [D], suffix [E, F]",
      })
  void the_components_become_the_parts_of_a_human_name(String sent, String expected) {
    assertThat(PersonNames.of(sent)).singleElement().extracting(this::parts).isEqualTo(expected);
  }

  @Test
  void each_group_becomes_a_name_that_says_its_representation() {
    var names = PersonNames.of("Yamada^Tarou=山田^太郎=やまだ^たろう");
    assertThat(names).extracting(HumanName::getFamily).containsExactly("Yamada", "山田", "やまだ");
    assertThat(names)
        .extracting(name -> name.getExtensionFirstRep().getValue().primitiveValue())
        .containsExactly("ABC", "IDE", "SYL");
  }

  @Test
  void what_names_nobody_gives_no_name() {
    assertThat(PersonNames.of(null)).isEmpty();
    assertThat(PersonNames.of("")).isEmpty();
    assertThat(PersonNames.of("^^ ^=")).isEmpty();
  }

  private String parts(HumanName name) {
    return "family %s, given %s, prefix %s, suffix %s"
        .formatted(
            name.getFamily(),
            values(name.getGiven()),
            values(name.getPrefix()),
            values(name.getSuffix()));
  }

  private static List<String> values(List<StringType> parts) {
    return parts.stream().map(StringType::getValue).collect(Collectors.toList());
  }
}
