package io.overread.vlm.measure;

import io.overread.vlm.Answer;
import io.overread.vlm.Cancellation;
import io.overread.vlm.EncodedStudy;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.decoding.Decoding;
import io.overread.vlm.finding.BatteryProgress;
import io.overread.vlm.finding.FindingBattery;
import io.overread.vlm.finding.FindingCatalogue;
import io.overread.vlm.finding.FindingCatalogues;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.imageio.ImageIO;

/**
 * How fast a model reads a chest radiograph: {@code EngineBenchmark MODEL|shipped [THREADS
 * [IMAGE]]}.
 */
public final class EngineBenchmark {

  private static final int ROUNDS = 20;
  private static final String QUESTION = "Is there a pleural effusion?";

  private final VisionLanguageModel model;
  private final FindingCatalogue catalogue;
  private final Timings encode = new Timings("encode image and prefix");
  private final Timings battery;
  private final Timings describe = new Timings("write the description");
  private final Timings firstToken = new Timings("question to first token");
  private final Timings answer = new Timings("question to whole answer");
  private final Timings token = new Timings("one token of a description");

  private EngineBenchmark(VisionLanguageModel model) {
    this.model = model;
    this.catalogue = FindingCatalogues.shipped().forStudy("DX", "CHEST");
    this.battery = new Timings("battery of " + catalogue.findings().size() + " findings");
  }

  /** Prints a table of milliseconds. */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    String named = arguments.length > 0 ? arguments[0] : "shipped";
    int threads = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2;
    BufferedImage image =
        arguments.length > 2 ? ImageIO.read(Path.of(arguments[2]).toFile()) : generated();
    long start = System.nanoTime();
    try (VisionLanguageModel model = MeasuredModel.load(named, threads)) {
      out.printf("%s, %d threads, %s%n", model.identity(), threads, model.runsOn());
      out.printf("loaded in %.0f ms%n", (System.nanoTime() - start) / 1e6);
      EngineBenchmark benchmark = new EngineBenchmark(model);
      String said = "";
      for (int round = 0; round < ROUNDS; round++) {
        said = benchmark.round(image);
      }
      out.println("| milliseconds                 |    first |   median |   90th % |");
      out.println("| ---------------------------- | -------- | -------- | -------- |");
      for (Timings timings :
          List.of(
              benchmark.encode,
              benchmark.battery,
              benchmark.describe,
              benchmark.token,
              benchmark.firstToken,
              benchmark.answer)) {
        out.println(timings);
      }
      out.println("resident: " + (ResidentMemory.bytes() >> 20) + " MB");
      out.println("said: " + said);
    }
  }

  private String round(BufferedImage image) {
    long start = System.nanoTime();
    try (EncodedStudy study = model.encode(List.of(image))) {
      start = lap(encode, start);
      FindingBattery.run(model, study, catalogue, BatteryProgress.NONE);
      start = lap(battery, start);
      Answer text = model.describe(study, Decoding.greedy(96), piece -> {}, new Cancellation());
      token.add((System.nanoTime() - start) / Math.max(1, text.tokens().size()));
      start = lap(describe, start);
      AtomicLong first = new AtomicLong();
      model.answer(
          study,
          QUESTION,
          Decoding.greedy(96),
          piece -> first.compareAndSet(0, System.nanoTime()),
          new Cancellation());
      firstToken.add((first.get() == 0 ? System.nanoTime() : first.get()) - start);
      lap(answer, start);
      return text.text();
    }
  }

  private static long lap(Timings timings, long start) {
    long now = System.nanoTime();
    timings.add(now - start);
    return now;
  }

  /** A radiograph's size, and nobody's chest. */
  private static BufferedImage generated() {
    BufferedImage image = new BufferedImage(2048, 2500, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.getRaster().setSample(x, y, 0, (x / 8 + y / 10) & 0xff);
      }
    }
    return image;
  }
}
