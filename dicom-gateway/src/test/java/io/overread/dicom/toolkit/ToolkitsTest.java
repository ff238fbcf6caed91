package io.overread.dicom.toolkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ToolkitsTest {

  @Test
  void our_own_is_in_every_build() {
    assertThat(Toolkits.named("own")).isInstanceOf(OwnToolkit.class);
  }

  @Test
  void one_that_this_build_has_not_is_refused_by_name() {
    assertThatThrownBy(() -> Toolkits.named("other"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("overread.dicom.toolkit=other: this build has only own");
  }
}
