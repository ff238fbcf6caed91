package io.overread.service.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.service.journey.KeptEncodings.Kept;
import io.overread.vlm.EncodedStudy;
import io.overread.vlm.finding.FindingRegion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeptEncodingsTest {

  private final List<String> closed = new ArrayList<>();

  @Test
  void the_same_images_are_encoded_once() {
    KeptEncodings encodings = new KeptEncodings(100);
    Kept one = encodings.take("a", () -> new Sized("a", 40));
    Kept again =
        encodings.take(
            "a",
            () -> {
              throw new IllegalStateException("encoded twice");
            });
    assertThat(again).isSameAs(one);
  }

  @Test
  void those_used_longest_ago_go_first_and_only_as_many_as_the_bytes_ask() {
    KeptEncodings encodings = new KeptEncodings(100);
    for (String digest : List.of("a", "b")) {
      encodings.giveBack(encodings.take(digest, () -> new Sized(digest, 40)));
    }
    encodings.giveBack(encodings.take("a", () -> new Sized("a", 40)));
    encodings.giveBack(encodings.take("c", () -> new Sized("c", 40)));
    assertThat(closed).containsExactly("b");
    assertThat(encodings.bytes()).isEqualTo(80);
    assertThat(encodings.take("b")).isNull();
  }

  @Test
  void one_in_use_is_never_closed_and_goes_when_it_is_given_back() {
    KeptEncodings encodings = new KeptEncodings(50);
    Kept used = encodings.take("a", () -> new Sized("a", 40));
    Kept other = encodings.take("b", () -> new Sized("b", 40));
    assertThat(closed).isEmpty();
    encodings.giveBack(used);
    assertThat(closed).containsExactly("a");
    encodings.giveBack(other);
    assertThat(closed).containsExactly("a");
  }

  private final class Sized implements EncodedStudy {
    private final String name;
    private final long bytes;

    Sized(String name, long bytes) {
      this.name = name;
      this.bytes = bytes;
    }

    @Override
    public int images() {
      return 1;
    }

    @Override
    public long bytes() {
      return bytes;
    }

    @Override
    public Optional<FindingRegion> region(int image, String findingId) {
      return Optional.empty();
    }

    @Override
    public void close() {
      closed.add(name);
    }
  }
}
