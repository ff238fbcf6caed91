package io.overread.gateway.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.data.TagNumber;
import io.overread.gateway.ConformanceStatement;
import io.overread.gateway.query.QueryAttribute.Matching;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The attributes of C-FIND in CONFORMANCE.md. */
class StatedAttributesTest {

  private static final Map<Matching, String> WORDS =
      Map.of(
          Matching.UID_LIST, "list of UID",
          Matching.WILDCARD, "wildcard",
          Matching.NAME, "name",
          Matching.DATE, "range",
          Matching.TIME, "range",
          Matching.NUMBER, "number",
          Matching.MODALITIES, "modalities",
          Matching.NONE, "-");

  @Test
  void they_are_those_that_are_answered_each_with_its_kind_of_matching() throws IOException {
    List<List<String>> stated =
        ConformanceStatement.rows("4.2.3 Query (C-FIND SCP)").stream()
            .filter(row -> row.size() == 3 && row.get(1).startsWith("("))
            .map(row -> List.of(row.get(1), row.get(2)))
            .toList();
    List<List<String>> answered =
        QueryAttribute.ALL.stream()
            .map(
                attribute ->
                    List.of(
                        TagNumber.toString(attribute.tag()),
                        WORDS.getOrDefault(attribute.matching(), "")))
            .toList();
    assertThat(stated).isEqualTo(answered);
  }
}
