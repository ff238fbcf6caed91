import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** What receiving costs, of Overread and of others, in one run; see README.md. */
final class Benchmark {

  /** Of CT images, over one and then over eight associations: compilers have to come to rest. */
  private static final int WARM_UP = 1000;

  private static final int AS_THEY_COME = 100;
  private static final int TRACED = 20;

  private final Map<String, String> options;
  private final Path work;
  private final Map<String, List<Double>> rates = new LinkedHashMap<>();
  private final Map<String, List<Double>> cpu = new LinkedHashMap<>();
  private int sending = 1;

  private Benchmark(Map<String, String> options, Path work) {
    this.options = options;
    this.work = work;
  }

  public static void main(String[] arguments) throws Exception {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      options.put(arguments[i], arguments[i + 1]);
    }
    String base = options.getOrDefault("--work", System.getProperty("java.io.tmpdir"));
    Path work = Files.createTempDirectory(Path.of(base), "overread-benchmark");
    try {
      new Benchmark(options, work).run();
    } finally {
      delete(work);
    }
  }

  private int option(String name, int otherwise) {
    return Integer.parseInt(options.getOrDefault(name, Integer.toString(otherwise)));
  }

  private void run() throws Exception {
    if (options.containsKey("--memory") || options.containsKey("--instances")) {
      try (Receiver overread = Receiver.overread("Overread", work.resolve("overread"), jar(), true)) {
        if (options.containsKey("--memory")) {
          Constant.memory(overread, (long) option("--memory", 2047) << 20);
        }
        if (options.containsKey("--instances")) {
          Constant.instances(overread, option("--instances", 10_000));
        }
      }
      return;
    }
    compare();
  }

  private Path jar() {
    return Path.of(options.getOrDefault("--jar", "../../service/target/overread.jar"))
        .toAbsolutePath();
  }

  private void compare() throws Exception {
    Images ct = Images.ct(work.resolve("ct"), option("--ct", 1000));
    Images dx = Images.radiographs(work.resolve("dx"), option("--radiographs", 100));
    int rounds = option("--rounds", 3);
    List<Receiver> receivers = start(true);
    try {
      for (Receiver receiver : receivers) {
        for (int associations : new int[] {1, 8}) {
          Images some = ct.first(option("--warm-up", WARM_UP)).renumbered(++sending);
          Sending.storescu(receiver, some, associations, true);
        }
      }
      for (int associations : new int[] {1, 8}) {
        measure(receivers, ct, associations, rounds);
        table("512 KB", associations, ct.pixelBytes());
        measure(receivers, dx, associations, 1);
        table("16 MB", associations, dx.pixelBytes());
      }
      latencyMemoryAndDurability(receivers, ct);
    } finally {
      close(receivers);
    }
    asTheyCome(ct.first(AS_THEY_COME));
  }

  private List<Receiver> start(boolean noDelay) throws Exception {
    String kind = noDelay ? "nodelay-" : "plain-";
    List<Receiver> receivers = new ArrayList<>();
    receivers.add(Receiver.overread("Overread", work.resolve(kind + "overread"), jar(), noDelay));
    if (options.containsKey("--other-jar")) {
      Path other = Path.of(options.get("--other-jar")).toAbsolutePath();
      receivers.add(
          Receiver.overread("Overread, other build", work.resolve(kind + "other"), other, noDelay));
    }
    receivers.add(Receiver.storescp(work.resolve(kind + "storescp"), noDelay));
    Receiver.orthanc(work.resolve(kind + "orthanc"), noDelay).ifPresent(receivers::add);
    return receivers;
  }

  /** In turns, so that what else the machine does meets all of them. */
  private void measure(List<Receiver> receivers, Images images, int associations, int rounds)
      throws Exception {
    rates.clear();
    cpu.clear();
    for (int round = 0; round < rounds; round++) {
      double disk =
          Disk.rate(work.resolve("disk"), images.files().size(), images.pixelBytes(), associations);
      add(rates, "disk, fdatasync alone", disk);
      for (Receiver receiver : receivers) {
        images.renumbered(++sending);
        double before = receiver.cpuMillis();
        double seconds = Sending.storescu(receiver, images, associations, true);
        int count = images.files().size();
        add(rates, receiver.name(), count / seconds);
        add(cpu, receiver.name(), (receiver.cpuMillis() - before) / count);
      }
    }
  }

  private static void add(Map<String, List<Double>> to, String name, double figure) {
    to.computeIfAbsent(name, any -> new ArrayList<>()).add(figure);
  }

  private void table(String size, int associations, int bytes) {
    double disk = median("disk, fdatasync alone");
    double storescp = median("storescp --fork");
    double limit = associations == 1 ? 1 / (1 / storescp + 1 / disk) : Math.min(storescp, disk);
    System.out.printf("%n%s, %d association(s), TCP_NODELAY=1%n%n", size, associations);
    System.out.println(
        "| receiver | instances/s (range) | MB/s | of a durable receiver's limit | CPU each |");
    System.out.println("| --- | --- | --- | --- | --- |");
    for (String name : rates.keySet()) {
      List<Double> sorted = rates.get(name).stream().sorted().toList();
      print(
          "| %s | %.1f (%.1f to %.1f) | %.0f | %.0f %% | %s |",
          name,
          median(name),
          sorted.getFirst(),
          sorted.getLast(),
          median(name) * bytes / 1e6,
          100 * median(name) / limit,
          cpu.containsKey(name) ? "%.2f ms".formatted(median(cpu.get(name))) : "");
    }
    print("The limit: %.1f instances/s.", limit);
  }

  private double median(String name) {
    return median(rates.get(name));
  }

  private static double median(List<Double> figures) {
    return figures.stream().sorted().toList().get(figures.size() / 2);
  }

  private void latencyMemoryAndDurability(List<Receiver> receivers, Images ct) throws Exception {
    System.out.println();
    System.out.println(
        "| receiver | C-STORE of 512 KB, p50, p99 | peak memory (PSS) | syncs an instance |");
    System.out.println("| --- | --- | --- | --- |");
    for (Receiver receiver : receivers) {
      ct.renumbered(++sending);
      AtomicLong peak = new AtomicLong(receiver.memory());
      Thread watch = Thread.ofPlatform().daemon().start(() -> watch(receiver, peak));
      double[] millis = Sending.own(receiver, ct, sending);
      watch.interrupt();
      Images few = ct.first(TRACED).renumbered(++sending);
      int syncs = Syncs.during(receiver, () -> Sending.storescu(receiver, few, 1, true));
      print(
          "| %s | %.1f ms, %.1f ms | %d MB | %s |",
          receiver.name(),
          millis[millis.length / 2],
          millis[millis.length * 99 / 100],
          peak.get() >> 20,
          syncs < 0 ? "unknown" : "%.1f".formatted((double) syncs / few.files().size()));
    }
  }

  static void watch(Receiver receiver, AtomicLong peak) {
    try {
      while (true) {
        peak.accumulateAndGet(receiver.memory(), Math::max);
        Thread.sleep(500);
      }
    } catch (InterruptedException e) {
      // The end of the sending.
    }
  }

  private void asTheyCome(Images images) throws Exception {
    List<Receiver> receivers = start(false);
    System.out.printf("%n512 KB, 1 association, as they come%n%n");
    System.out.println("| receiver | instances/s |");
    System.out.println("| --- | --- |");
    try {
      for (Receiver receiver : receivers) {
        Sending.storescu(receiver, images.renumbered(++sending), 1, true);
        images.renumbered(++sending);
        double seconds = Sending.storescu(receiver, images, 1, false);
        print("| %s | %.1f |", receiver.name(), images.files().size() / seconds);
      }
    } finally {
      close(receivers);
    }
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  private static void close(List<Receiver> receivers) throws Exception {
    for (Receiver receiver : receivers) {
      receiver.close();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
