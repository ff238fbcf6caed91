package io.overread.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class UidGeneratorTest {

  @Test
  void a_uuid_becomes_the_uid_that_the_standard_gives_for_it() {
    // The example of PS3.5 B.2.
    UUID uuid = UUID.fromString("f81d4fae-7dec-11d0-a765-00a0c91e6bf6");

    assertThat(UidGenerator.of(uuid)).isEqualTo("2.25.329800735698586629295641978511506172918");
  }

  @Test
  void the_largest_and_the_smallest_uuid_stay_within_the_limits_of_a_uid() {
    assertThat(UidGenerator.of(new UUID(0, 0))).isEqualTo("2.25.0");
    assertThat(UidGenerator.of(new UUID(-1, -1)))
        .isEqualTo("2.25.340282366920938463463374607431768211455")
        .hasSizeLessThanOrEqualTo(64);
  }

  @Test
  void the_given_source_of_uuids_decides() {
    UUID fixed = new UUID(1, 2);

    assertThat(new UidGenerator(() -> fixed).next()).isEqualTo(UidGenerator.of(fixed));
  }
}
