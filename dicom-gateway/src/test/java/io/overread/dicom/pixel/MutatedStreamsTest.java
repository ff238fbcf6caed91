package io.overread.dicom.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.overread.dicom.data.Mutations;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whatever a coded frame holds, it is decoded or refused: no other failure, and soon. */
class MutatedStreamsTest {
  /** Of each stream; ten times as many by {@code -Doverread.mutations=15000}. */
  private static final int MUTATIONS = Integer.getInteger("overread.mutations", 1500);

  private final Random random = new Random(20261125);

  @TestFactory
  Stream<DynamicTest> a_mutated_stream_is_decoded_or_refused() {
    return CodedStreams.samples()
        .map(
            sample ->
                DynamicTest.dynamicTest(
                    sample.name(),
                    () -> assertTimeoutPreemptively(Duration.ofSeconds(60), () -> mutate(sample))));
  }

  private void mutate(CodedStreams.Sample sample) {
    int cells = sample.decode(sample.stream()).length;
    int refused = 0;
    for (int round = 0; round < MUTATIONS; round++) {
      byte[] mutated = Mutations.ofStream(sample.stream(), CodedStreams.KEPT, random);
      try {
        int octets = sample.decode(mutated).length;
        // The depth may have changed to one of larger or smaller cells.
        assertThat(octets).isIn(cells, cells * 2, cells / 2, cells * 4, cells / 4);
      } catch (PixelDataException refusal) {
        refused++;
        assertThat(refusal.getMessage()).isNotEmpty().hasSizeLessThan(300);
      }
    }
    assertThat(refused).isBetween(MUTATIONS / 20, MUTATIONS);
  }
}
