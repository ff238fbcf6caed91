package io.overread.vlm.measure;

import io.overread.vlm.Answer;
import io.overread.vlm.Cancellation;
import io.overread.vlm.EncodedStudy;
import io.overread.vlm.TokenListener;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.decoding.Decoding;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Overread's side of {@code vlm-engine/benchmark}: {@code BenchmarkPeer ENDLESS THREADS MODEL},
 * where ENDLESS is the model without a stop token. A line with a task in, a line of figures out.
 */
public final class BenchmarkPeer {

  private static final int NATURAL_REPORTS = 4;

  private final VisionLanguageModel endless;
  private final Ended ended;
  private final JsonNode task;
  private final ObjectNode figures = JsonMapper.shared().createObjectNode();

  private BenchmarkPeer(VisionLanguageModel endless, Ended ended, JsonNode task) {
    this.endless = endless;
    this.ended = ended;
    this.task = task;
  }

  /** Measures until its input ends. */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    int threads = Integer.parseInt(arguments[1]);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (VisionLanguageModel endless = MeasuredModel.load(arguments[0], threads);
        Ended ended = new Ended(arguments[2], threads)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        out.println(new BenchmarkPeer(endless, ended, JsonMapper.shared().readTree(line)).round());
      }
    }
  }

  private ObjectNode round() throws IOException, InterruptedException, ExecutionException {
    List<BufferedImage> images = new ArrayList<>();
    for (JsonNode image : task.get("images")) {
      images.add(ImageIO.read(Path.of(image.stringValue()).toFile()));
    }
    List<String> battery = task.get("battery").valueStream().map(JsonNode::stringValue).toList();
    long start = System.nanoTime();
    try (EncodedStudy study = endless.encode(List.of(images.getFirst()))) {
      long lap = lap("encode", start);
      write(study, task.get("question").stringValue(), 1, TokenListener.NONE);
      lap = lap("first", lap);
      endless.score(study, battery.subList(0, 1));
      lap = lap("one", lap);
      endless.score(study, battery);
      lap = lap("battery", lap);
      Answer report = report(study, TokenListener.NONE);
      lap("report", lap);
      figures.put("rate", 1000.0 * report.tokens().size() / figures.get("report").doubleValue());
      double whole = 0;
      for (String part : List.of("encode", "battery", "report")) {
        whole += figures.get(part).doubleValue();
      }
      figures.put("study", whole);
      ArrayNode said = figures.putArray("said");
      report.tokens().stream().limit(20).forEach(said::add);
    }
    atOnce(images);
    natural(ended.model(), images.subList(0, NATURAL_REPORTS));
    figures.put("memory", ended.peakBefore() / 1048576.0);
    return figures;
  }

  /** Reports that end by themselves, with the guesses that the sentences before allow. */
  private void natural(VisionLanguageModel model, List<BufferedImage> images) {
    List<EncodedStudy> studies =
        images.stream().map(image -> model.encode(List.of(image))).toList();
    long start = System.nanoTime();
    for (EncodedStudy study : studies) {
      model.describe(study, Decoding.greedy(60), TokenListener.NONE, new Cancellation());
    }
    figures.put("natural", (System.nanoTime() - start) / 1e6 / studies.size());
    studies.forEach(EncodedStudy::close);
  }

  private void atOnce(List<BufferedImage> images) throws InterruptedException, ExecutionException {
    List<EncodedStudy> studies =
        images.stream().map(image -> endless.encode(List.of(image))).toList();
    AtomicLong firsts = new AtomicLong();
    long start = System.nanoTime();
    long tokens = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer>> answers = new ArrayList<>();
      for (EncodedStudy study : studies) {
        AtomicLong first = new AtomicLong();
        answers.add(
            threads.submit(
                () -> {
                  Answer answer =
                      report(study, piece -> first.compareAndSet(0, System.nanoTime() - start));
                  firsts.addAndGet(first.get());
                  return answer;
                }));
      }
      for (Future<Answer> answer : answers) {
        tokens += answer.get().tokens().size();
      }
    }
    figures.put("rate8", tokens * 1e9 / (System.nanoTime() - start));
    figures.put("first8", firsts.get() / 1e6 / studies.size());
    studies.forEach(EncodedStudy::close);
  }

  /** Asked with a space at the end, which the prompt does not keep: so nothing is guessed. */
  private Answer report(EncodedStudy study, TokenListener listener) {
    return write(study, endless.reportPrompt() + " ", task.get("tokens").intValue(), listener);
  }

  private Answer write(EncodedStudy study, String question, int tokens, TokenListener listener) {
    return endless.answer(study, question, Decoding.greedy(tokens), listener, new Cancellation());
  }

  private long lap(String figure, long start) {
    long now = System.nanoTime();
    figures.put(figure, (now - start) / 1e6);
    return now;
  }

  /** The model with its stop token, loaded after the peak of memory without it is known. */
  private static final class Ended implements AutoCloseable {
    private final String named;
    private final int threads;
    private @Nullable VisionLanguageModel model;
    private long peakBefore;

    Ended(String named, int threads) {
      this.named = named;
      this.threads = threads;
    }

    VisionLanguageModel model() {
      VisionLanguageModel loaded = model;
      if (loaded == null) {
        peakBefore = ResidentMemory.peakBytes();
        loaded = MeasuredModel.load(named, threads);
        model = loaded;
      }
      return loaded;
    }

    long peakBefore() {
      return peakBefore;
    }

    @Override
    public void close() {
      if (model != null) {
        model.close();
      }
    }
  }
}
