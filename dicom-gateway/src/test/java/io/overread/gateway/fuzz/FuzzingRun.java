package io.overread.gateway.fuzz;

import io.overread.dicom.data.SharedDicomFiles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The long run, whose result stands in FUZZING.md: {@code FuzzingRun INPUTS SEED FOLDER}. */
final class FuzzingRun {
  private static final int LONGEST_FILE = 2_000_000;
  private static final long STUCK_MILLIS = 180_000;

  private FuzzingRun() {}

  static void main(String[] arguments) throws IOException {
    int inputs = Integer.parseInt(arguments[0]);
    long seed = Long.parseLong(arguments[1]);
    Path folder = Files.createDirectories(Path.of(arguments[2]));
    List<byte[]> corpus = Corpus.of(SharedDicomFiles.all(), LONGEST_FILE);
    List<Surface> surfaces = Fuzzing.surfaces(Files.createTempDirectory("fuzz"), corpus);
    Fuzzing fuzzing = new Fuzzing(inputs, seed, folder);
    watch(fuzzing);
    List<String> report = new ArrayList<>();
    List<Tally> tallies = fuzzing.run(surfaces);
    int total = tallies.stream().mapToInt(Tally::inputs).sum();
    report.add(
        "%s, seed %d, %d inputs, %d files of the corpus, %d findings"
            .formatted(
                LocalDate.now(ZoneOffset.UTC),
                seed,
                total,
                corpus.size(),
                fuzzing.findings().size()));
    report.add("Largest heap %d MB; %s".formatted(heap(), resident()));
    tallies.forEach(tally -> report.add(tally.row()));
    report.addAll(fuzzing.findings());
    Files.write(folder.resolve("report.md"), report);
    report.forEach(System.out::println);
    System.exit(fuzzing.findings().isEmpty() ? 0 : 1);
  }

  /** An input that is never done with ends the run, and shows where it is. */
  private static void watch(Fuzzing fuzzing) {
    Thread worker = Thread.currentThread();
    Thread.ofPlatform()
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
