package io.overread.gateway.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressBlockTest {

  @ParameterizedTest
  @CsvSource({
    "10.1.2.0/24, 10.1.2.255, true",
    "10.1.2.77/24, 10.1.2.3, true",
    "10.1.2.0/24, 10.1.3.0, false",
    "10.1.2.128/25, 10.1.2.127, false",
    "10.1.2.3, 10.1.2.3, true",
    "10.1.2.3, 10.1.2.2, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "2001:db8::/32, 2001:db8:ffff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "10.0.0.1, ::ffff:10.0.0.1, true",
  })
  void it_holds_the_addresses_with_its_prefix(String block, String address, boolean held) {
    assertThat(AddressBlock.valueOf(block).contains(InetAddress.ofLiteral(address)))
        .isEqualTo(held);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ct1.clinic.example", "10.1.2.0/33", "10.1.2.0/-1", "10.1.2/24", "", "/"})
  void names_and_prefixes_that_no_address_has_are_refused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> AddressBlock.valueOf(text));
  }

  @Test
  void it_is_written_as_it_is_read() {
    assertThat(AddressBlock.valueOf("10.1.2.3")).hasToString("10.1.2.3/32");
  }
}
