package io.overread.gateway.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.overread.dicom.data.SharedDicomFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short slice of the run that FUZZING.md tells of, in every build. */
class FuzzingTest {
  /** So many in all; the long run is {@link FuzzingRun}. */
  private static final int INPUTS = 1500;

  private static final long SEED = 20261125;
  private static final int LONGEST_FILE = 100_000;

  @TempDir private Path folder;

  @Test
  void whatever_is_sent_is_taken_or_refused_and_never_fails() {
    assertTimeoutPreemptively(Duration.ofMinutes(3), () -> fuzz(List.of(), INPUTS));
  }

  @Test
  void so_it_is_with_damaged_files_of_the_corpus() {
    assertTimeoutPreemptively(
        Duration.ofMinutes(3),
        () -> fuzz(Corpus.of(SharedDicomFiles.all(), LONGEST_FILE), INPUTS / 2));
  }

  private void fuzz(List<byte[]> corpus, int inputs) throws Exception {
    Fuzzing fuzzing = new Fuzzing(inputs, SEED, Path.of("target", "fuzzing"));
    List<Tally> tallies = fuzzing.run(Fuzzing.surfaces(folder, corpus));
    assertThat(fuzzing.findings()).isEmpty();
    // Neither all nor none: what is sent gets beyond the first byte, and it does harm.
    assertThat(tallies.stream().mapToInt(Tally::taken).sum()).isGreaterThan(inputs / 10);
    assertThat(tallies.stream().mapToInt(Tally::refused).sum()).isGreaterThan(inputs / 10);
  }
}
