package io.overread.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class PduLengthsTest {
  private static final PduLengths LENGTHS = new PduLengths(16_384, 32_768);

  @Test
  void we_send_no_longer_ones_than_we_may_and_the_peer_takes() {
    assertThat(LENGTHS.sendTo(0)).as("any").isEqualTo(32_768);
    assertThat(LENGTHS.sendTo(16_384)).isEqualTo(16_384);
    assertThat(LENGTHS.sendTo(131_072)).isEqualTo(32_768);
  }

  @Test
  void lengths_that_nobody_can_work_with_are_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new PduLengths(4095, 16_384));
    assertThatIllegalArgumentException().isThrownBy(() -> new PduLengths(16_384, 1 << 21));
  }
}
