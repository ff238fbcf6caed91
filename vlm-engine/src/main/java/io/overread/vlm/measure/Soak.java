package io.overread.vlm.measure;

import io.overread.vlm.Cancellation;
import io.overread.vlm.EncodedStudy;
import io.overread.vlm.TokenListener;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.decoding.Decoding;
import java.awt.image.BufferedImage;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Whether memory stays flat: {@code Soak MODEL|shipped [THREADS [REQUESTS]]} asks for images of
 * changing sizes, questions of changing lengths, batteries of changing numbers and answers that are
 * called off, up to four at a time, and prints what the process holds as it goes. Ends with 1 if
 * from a quarter of the requests to the end it grew by more than a tenth and 32 MB.
 */
public final class Soak {

  private static final int AT_ONCE = 4;
  private static final int MOST_QUESTIONS = 24;
  private static final long SLACK_BYTES = 32L << 20;

  private final VisionLanguageModel model;
  private final PrintStream out;

  private Soak(VisionLanguageModel model, PrintStream out) {
    this.model = model;
    this.out = out;
  }

  /** Prints a table of megabytes. */
  public static void main(String[] arguments) throws InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    String named = arguments.length > 0 ? arguments[0] : "shipped";
    int threads = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2;
    int requests = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 2_000;
    boolean flat;
    try (VisionLanguageModel model = MeasuredModel.load(named, threads)) {
      flat = new Soak(model, out).run(requests);
    }
    System.exit(flat ? 0 : 1);
  }

  private boolean run(int requests) throws InterruptedException {
    out.println("| requests | resident MB | proportional MB |");
    out.println("| -------- | ----------- | --------------- |");
    told(0);
    int quarter = Math.max(1, requests / 4);
    long early = 0;
    for (int done = 0; done < requests; done += quarter) {
      ask(done, Math.min(quarter, requests - done));
      long now = told(Math.min(requests, done + quarter));
      early = done == 0 ? now : early;
    }
    long late = ResidentMemory.bytes();
    boolean flat = late <= early + early / 10 + SLACK_BYTES;
    out.println(flat ? "flat" : "it grew");
    return flat;
  }

  private long told(int requests) {
    System.gc(); // what is garbage to Java is no leak
    long resident = ResidentMemory.bytes();
    out.printf(
        "| %8d | %11d | %15d |%n",
        requests, resident >> 20, ResidentMemory.proportionalBytes() >> 20);
    return resident;
  }

  private void ask(int first, int count) throws InterruptedException {
    Semaphore places = new Semaphore(AT_ONCE);
    AtomicInteger failures = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = first; i < first + count; i++) {
        int number = i;
        places.acquire();
        threads.execute(
            () -> {
              try {
                request(new SplittableRandom(number));
              } catch (RuntimeException e) {
                failures.incrementAndGet();
              } finally {
                places.release();
              }
            });
      }
    }
    if (failures.get() > 0) {
      throw new IllegalStateException(failures + " requests failed");
    }
  }

  private void request(SplittableRandom random) {
    try (EncodedStudy study = model.encode(List.of(image(random)))) {
      String question =
          "Is there a nodule" + " or a mass".repeat(random.nextInt(12)) + " in the lung?";
      switch (random.nextInt(4)) {
        case 0 ->
            model.score(
                study,
                IntStream.rangeClosed(0, random.nextInt(MOST_QUESTIONS))
                    .mapToObj(i -> question + " " + i)
                    .toList());
        case 1 ->
            model.describe(study, Decoding.greedy(60), TokenListener.NONE, new Cancellation());
        case 2 -> {
          Cancellation cancellation = new Cancellation();
          model.answer(
              study, question, Decoding.greedy(60), piece -> cancellation.cancel(), cancellation);
        }
        default ->
            model.answer(
                study,
                question,
                Decoding.sampled(1 + random.nextInt(60), 2, random.nextLong()),
                TokenListener.NONE,
                new Cancellation());
      }
    }
  }

  private static BufferedImage image(SplittableRandom random) {
    int width = 64 + random.nextInt(600);
    int height = 64 + random.nextInt(600);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        row[x] = random.nextInt(256);
      }
      image.getRaster().setSamples(0, y, width, 1, 0, row);
    }
    return image;
  }
}
