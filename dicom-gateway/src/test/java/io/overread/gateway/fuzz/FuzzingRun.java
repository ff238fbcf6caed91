package io.overread.gateway.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.data.SharedDicomFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The long run, whose result stands in FUZZING.md with the command. It is no part of a build: only
 * the name of the class selects it.
 */
class FuzzingRun {
  private static final int INPUTS = Integer.getInteger("overread.fuzzing.inputs", 100_000);
  private static final long SEED = Long.getLong("overread.fuzzing.seed", 1);
  private static final int ROUNDS = 50;
  private static final int LONGEST_FILE = 2_000_000;
  private static final long STUCK_MILLIS = 180_000;

  @TempDir private Path folder;

  @Test
  void of_many_inputs_none_is_a_finding() throws IOException {
    List<byte[]> corpus = Corpus.of(SharedDicomFiles.all(), LONGEST_FILE);
    Path kept = Files.createDirectories(Path.of("target", "fuzzing"));
    Fuzzing fuzzing = new Fuzzing(INPUTS, SEED, kept);
    Thread watch = watch(fuzzing);
    fuzzing.run(
        Fuzzing.surfaces(folder, corpus),
        ROUNDS,
        tallies -> report(kept, fuzzing, tallies, corpus.size()));
    watch.interrupt();
    assertThat(fuzzing.findings()).isEmpty();
  }

  private static void report(Path kept, Fuzzing fuzzing, List<Tally> tallies, int files) {
    List<String> report = new ArrayList<>();
    report.add(
        "%s, seed %d, %d inputs, %d files of the corpus, %d findings"
            .formatted(
                LocalDate.now(ZoneOffset.UTC),
                SEED,
                tallies.stream().mapToInt(Tally::inputs).sum(),
                files,
                fuzzing.findings().size()));
    try {
      report.add("Largest heap %d MB; %s".formatted(heap(), resident()));
      tallies.forEach(tally -> report.add(tally.row()));
      report.addAll(fuzzing.findings());
      Files.write(kept.resolve("report.md"), report);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An input that is never done with ends the run, and shows where it is. */
  private static Thread watch(Fuzzing fuzzing) {
    Thread worker = Thread.currentThread();
    return Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              for (long before = -1; before != fuzzing.inputsSoFar(); ) {
                before = fuzzing.inputsSoFar();
                System.err.println(before + " inputs");
                try {
                  Thread.sleep(STUCK_MILLIS);
                } catch (InterruptedException e) {
                  return;
                }
              }
              System.err.println("stuck after " + fuzzing.inputsSoFar() + " inputs, at:");
              List.of(worker.getStackTrace()).forEach(System.err::println);
              Runtime.getRuntime().halt(2);
            });
  }

  private static long heap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .mapToLong(pool -> pool.getPeakUsage().getUsed())
            .sum()
        >> 20;
  }

  /** Of the whole process, where the system tells. */
  private static String resident() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return "";
    }
    try (var lines = Files.lines(status)) {
      return lines.filter(line -> line.startsWith("VmHWM")).findFirst().orElse("");
    }
  }
}
