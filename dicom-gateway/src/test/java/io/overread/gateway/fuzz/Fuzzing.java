package io.overread.gateway.fuzz;

import com.sun.management.ThreadMXBean;
import io.overread.dicom.net.Conversation;
import io.overread.dicom.net.HostileAcceptor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Sends damaged input to all surfaces. An input is known by seed, surface and number. */
final class Fuzzing {
  private static final int CONVERSATIONS = 50;

  /** No input may make a reader allocate more in all, even if it is freed at once. */
  private static final long MOST_ALLOCATED = 512L << 20;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final AtomicLong inputsSoFar = new AtomicLong();
  private final List<String> findings = new ArrayList<>();
  private final Path kept;
  private final int inputs;
  private final long seed;

  /**
   * A run.
   *
   * @param inputs how many, over all surfaces
   * @param kept where inputs that are findings are kept
   */
  Fuzzing(int inputs, long seed, Path kept) {
    this.inputs = inputs;
    this.seed = seed;
    this.kept = kept;
  }

  /** Where there is none, a run is over its surfaces without the corpus. */
  static List<Surface> surfaces(Path folder, List<byte[]> corpus) throws IOException {
    PixelSurfaces pixels = new PixelSurfaces(folder);
    List<Surface> all = new ArrayList<>(TextSurfaces.all());
    all.addAll(DataSurfaces.all());
    all.addAll(pixels.all());
    if (!corpus.isEmpty()) {
      all.add(DataSurfaces.files("files of the corpus, read", 80, corpus, folder));
      all.add(pixels.images("files of the corpus, shown", 60, corpus));
    }
    return all;
  }

  /** Runs all; what came of them. */
  List<Tally> run(List<Surface> surfaces) throws IOException {
    return run(surfaces, 1, _ -> {});
  }

  /** Runs all in rounds, so that what was done when it is stopped is spread over all of them. */
  List<Tally> run(List<Surface> surfaces, int rounds, Consumer<List<Tally>> afterEach)
      throws IOException {
    try (HostileAcceptor acceptor = new HostileAcceptor()) {
      List<Surface> all = new ArrayList<>(surfaces);
      all.add(
          new Surface(
              "conversations with an acceptor",
              CONVERSATIONS,
              List.of(Conversation.sound()),
              Conversation::changed,
              acceptor::holds));
      int total = all.stream().mapToInt(Surface::share).sum();
      List<Tally> tallies = all.stream().map(Tally::new).toList();
      for (int round = 1; round <= rounds; round++) {
        for (Tally tally : tallies) {
          long share = (long) inputs * tally.surface().share() * round;
          run(tally, (int) Math.ceilDiv(share, (long) total * rounds));
        }
        afterEach.accept(tallies);
      }
      acceptor.failures().forEach(failure -> findings.add("the acceptor: " + failure));
      return tallies;
    }
  }

  private void run(Tally tally, int until) throws IOException {
    Surface surface = tally.surface();
    for (int number = tally.inputs(); number < until; number++) {
      byte[] input = surface.input(seed, number);
      long nanos = threads.getCurrentThreadCpuTime();
      long allocated = threads.getCurrentThreadAllocatedBytes();
      try {
        tally.count(surface.reading().takes(input));
      } catch (Exception | AssertionError | OutOfMemoryError | StackOverflowError failure) {
        tally.finding();
        keep(surface, number, input, failure);
      }
      long memory = threads.getCurrentThreadAllocatedBytes() - allocated;
      tally.cost(number, threads.getCurrentThreadCpuTime() - nanos, memory);
      if (memory > MOST_ALLOCATED) {
        keep(surface, number, input, new IllegalStateException("allocated " + memory));
      }
      inputsSoFar.incrementAndGet();
    }
  }

  private void keep(Surface surface, int number, byte[] input, Throwable failure)
      throws IOException {
    Files.createDirectories(kept);
    String name = surface.name().replaceAll("[^A-Za-z0-9.]+", "-") + "-" + number;
    Files.write(kept.resolve(name), input);
    StackTraceElement[] trace = failure.getStackTrace();
    String place = trace.length == 0 ? "" : " at " + trace[0];
    findings.add(surface.name() + ", no. " + number + ": " + failure + place);
  }

  /** What was wrong, none if nothing was. */
  List<String> findings() {
    return List.copyOf(findings);
  }

  /** How many inputs are done; read by whoever watches. */
  long inputsSoFar() {
    return inputsSoFar.get();
  }
}
