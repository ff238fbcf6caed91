package io.overread.gateway.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredPathTest {

  private static final String DIGEST = "4e".repeat(32);

  @Test
  void a_path_is_made_of_the_digest_alone() {
    assertThat(StoredPath.inStore(DIGEST).relative()).isEqualTo("store/4e/" + DIGEST + ".dcm");
    assertThat(StoredPath.inQuarantine(DIGEST).relative())
        .isEqualTo("quarantine/4e/" + DIGEST + ".dcm");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "../../../../../../../../../../etc/passwd",
        "1.2.840.10008.1.2",
        "4E4E4E4E4E4E4E4E4E4E4E4E4E4E4E4E4E4E4E4E4E4E4E4E4E4E4E4E4E4E4E4E",
        "4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e\n",
        "4e/4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4"
      })
  void nothing_but_a_digest_becomes_a_path(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> StoredPath.inStore(text));
  }
}
