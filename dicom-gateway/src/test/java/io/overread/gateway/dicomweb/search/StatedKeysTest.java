package io.overread.gateway.dicomweb.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.gateway.ConformanceStatement;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The attributes of QIDO-RS in CONFORMANCE.md. */
class StatedKeysTest {

  private static final Pattern KEYWORD = Pattern.compile("[A-Z][A-Za-z]+");

  @Test
  void they_are_those_that_are_matched() throws IOException {
    String section = ConformanceStatement.section("5.2 Search (QIDO-RS)");
    String list = section.substring(section.indexOf("below:") + "below:".length());
    List<String> stated = KEYWORD.matcher(list).results().map(match -> match.group()).toList();
    List<String> matched = Arrays.stream(SearchKey.values()).map(SearchRequest::keyword).toList();
    assertThat(stated).containsExactlyInAnyOrderElementsOf(matched);
  }
}
