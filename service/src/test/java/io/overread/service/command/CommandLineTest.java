package io.overread.service.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

  @Test
  void a_peer_is_named_as_dicom_people_write_it() {
    assertThat(Peer.parse("ARCHIVE 1@pacs.example:104"))
        .isEqualTo(new Peer("ARCHIVE 1", "pacs.example", 104));
    assertThat(Peer.parse("A@[::1]:11112")).isEqualTo(new Peer("A", "::1", 11112));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "A",
        "A@host",
        "@host:104",
        "A@host:0",
        "A@host:70000",
        "LONGER THAN SIXTEEN@h:1"
      })
  void what_is_no_peer_is_a_usage_error(String text) {
    assertThatThrownBy(() -> Peer.parse(text)).isInstanceOf(UsageException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fly",
        "serve now",
        "send",
        "send --to",
        "send --key",
        "send pom.xml --tls",
        "send pom.xml --key pom.xml",
        "send pom.xml --key pom.xml --trust pom.xml",
        "audit",
        "audit verify --head x",
        "passcode s3cret",
        "model",
        "model verify",
        "model verify a b",
        "model import",
        "model import checkpoint",
        "model import checkpoint folder --python",
        "model import checkpoint folder --colour red",
        "model import checkpoint folder --quantise q2",
        "evaluate",
        "evaluate --data",
        "evaluate --data . --colour red",
        "evaluate --data . --data .",
        "evaluate --data . --split test"
      })
  void words_that_are_no_command_end_with_2(String words) {
    assertThat(CommandLine.run(words.split(" "))).isEqualTo(CommandLine.USAGE);
  }

  @Test
  void a_command_without_the_service_reads_the_same_variables() {
    Environment none = new Environment(Map.of());
    assertThat(none.aeTitle()).isEqualTo("OVERREAD");
    assertThat(none.dicomPort()).isEqualTo(11112);
    assertThat(none.settings().home().getFileName()).isEqualTo(Path.of(".overread"));
    Environment some =
        new Environment(Map.of("OVERREAD_BIND", "0.0.0.0", "OVERREAD_DICOM_PORT", "104"));
    assertThat(some.reachableHost()).isEqualTo("127.0.0.1");
    assertThat(some.dicomPort()).isEqualTo(104);
  }
}
