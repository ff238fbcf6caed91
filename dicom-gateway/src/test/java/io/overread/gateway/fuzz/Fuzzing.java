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

/** Sends damaged input to all surfaces. An input is known by seed, surface and number. */
final class Fuzzing {
  private static final int THOUSANDTHS = 1000;
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

  /** Runs all; the rows of what came of them. */
  List<Tally> run(List<Surface> surfaces) throws IOException {
    List<Tally> tallies = new ArrayList<>();
    int total = CONVERSATIONS + surfaces.stream().mapToInt(Surface::share).sum();
    try (HostileAcceptor acceptor = new HostileAcceptor()) {
      List<Surface> all = new ArrayList<>(surfaces);
      all.add(
          new Surface(
              "conversations with an acceptor",
              CONVERSATIONS,
              List.of(Conversation.sound()),
              Conversation::changed,
              acceptor::holds));
      for (Surface surface : all) {
        int count = Math.max(1, Math.ceilDiv(inputs * surface.share(), total));
        tallies.add(run(surface, count));
      }
      acceptor.failures().forEach(failure -> findings.add("the acceptor: " + failure));
    }
    return tallies;
  }

  private Tally run(Surface surface, int count) throws IOException {
    Tally tally = new Tally(surface);
    for (int number = 0; number < count; number++) {
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
    return tally;
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
