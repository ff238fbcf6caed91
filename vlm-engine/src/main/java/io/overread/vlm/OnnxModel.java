package io.overread.vlm;

import io.overread.vlm.decoding.Decoding;
import io.overread.vlm.failure.ModelFormatException;
import io.overread.vlm.failure.PromptTooLongException;
import io.overread.vlm.family.Families;
import io.overread.vlm.family.ImageLayout;
import io.overread.vlm.family.ModelFamily;
import io.overread.vlm.family.PreparedImage;
import io.overread.vlm.family.StudyImages;
import io.overread.vlm.image.RgbImage;
import io.overread.vlm.image.TargetSize;
import io.overread.vlm.model.Calibration;
import io.overread.vlm.model.ModelFault;
import io.overread.vlm.model.ModelFolder;
import io.overread.vlm.model.ModelIdentity;
import io.overread.vlm.model.StatedLimits;
import io.overread.vlm.model.StatedRegions;
import io.overread.vlm.onnx.Continuations;
import io.overread.vlm.onnx.ExecutionProvider;
import io.overread.vlm.onnx.ImageFeatures;
import io.overread.vlm.onnx.OnnxRuntime;
import io.overread.vlm.region.RegionCollector;
import io.overread.vlm.region.RegionText;
import io.overread.vlm.text.ChatTemplate;
import io.overread.vlm.text.ModelTokenizer;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A vision-language model in the hub layout, run here on ONNX Runtime. */
public final class OnnxModel implements VisionLanguageModel {

  private static final int ALL_ROWS = Integer.MAX_VALUE;

  /** Room that a question and its answer should find behind the images, in tokens. */
  private static final int QUESTION_RESERVE = 256;

  /** Catalogues hold some fifty questions; users' own shall not pile up. */
  private static final int MOST_BLIND_SCORES = 1_000;

  private final ModelFolder folder;
  private final ModelFamily family;
  private final ModelIdentity identity;
  private final EngineSettings settings;
  private final String runsOn;
  private final ModelTokenizer tokenizer;
  private final ModelGraphs graphs;
  private final Continuations continuations;
  private final KeptStudies kept;
  private final PromptBuilder prompts;
  private final AnswerWriter writer;
  private final AnswerScoring scoring;
  private final ForcedReading forced;

  /** What it says of no image, which is the same for every study. */
  private final Map<String, AnswerScore> blindScores = new ConcurrentHashMap<>();

  private OnnxModel(
      ModelFolder folder,
      EngineSettings settings,
      OnnxRuntime runtime,
      ModelTokenizer tokenizer,
      ModelGraphs graphs,
      PromptBuilder prompts) {
    this.folder = folder;
    this.family = graphs.family();
    this.identity = folder.identity();
    this.settings = settings;
    this.kept = new KeptStudies(settings.keptBytes());
    this.runsOn = runtime.device();
    this.tokenizer = tokenizer;
    this.graphs = graphs;
    this.prompts = prompts;
    Refusal refusal = Refusal.of(folder.manifest(), prompts);
    this.continuations = continuations(runtime, folder, graphs);
    this.writer = new AnswerWriter(graphs, continuations, tokenizer, family.stopTokens(), refusal);
    this.scoring = new AnswerScoring(graphs, AnswerTexts.of(folder.manifest(), prompts), refusal);
    this.forced = new ForcedReading(graphs, prompts, tokenizer);
    TargetSize.Exact size = family.fixedSize();
    if (size != null) {
      graphs.vision().requireSize(size.height(), size.width());
    }
    if (!mappedFindings().isEmpty() && !family.keepsRelativePlaces()) {
      // It would point beside what it sees.
      throw new ModelFormatException(
          "preprocessor_config.json", "pads or crops, but overread.json states regions of images");
    }
  }

  /**
   * Loads a folder in the hub layout; reaches for no network.
   *
   * @throws ModelFormatException naming the file or tensor at fault
   */
  public static OnnxModel load(Path folder, EngineSettings settings) {
    OnnxRuntime runtime =
        OnnxRuntime.start(
            settings.provider(), settings.threads(), settings.nativeFolder(), settings.gpu());
    ModelFolder files = ModelFolder.read(folder, runtime.provider());
    for (ModelFault fault : files.compareDigests()) {
      throw new ModelFormatException(fault.subject(), fault.problem());
    }
    return compared(files, settings, runtime);
  }

  /** Loads files whose digests are those that their folder states. */
  static OnnxModel compared(ModelFolder files, EngineSettings settings, OnnxRuntime runtime) {
    // The template engine takes longest to start, and nothing else waits for it.
    try (ExecutorService aside = Executors.newSingleThreadExecutor(Thread.ofPlatform().factory())) {
      ModelFamily family = Families.of(files);
      Future<ChatTemplate> template = aside.submit(() -> files.chatTemplate(family.template()));
      ModelTokenizer tokenizer =
          ModelTokenizer.open(files.tokenizerFile(), settings.nativeFolder());
      ModelGraphs graphs = null;
      try {
        graphs = ModelGraphs.open(runtime, files, family);
        PromptBuilder prompts = new PromptBuilder(files, family, tokenizer, started(template));
        return new OnnxModel(files, settings, runtime, tokenizer, graphs, prompts);
      } catch (RuntimeException e) {
        tokenizer.close();
        if (graphs != null) {
          graphs.close();
        }
        throw e;
      }
    }
  }

  /** A cache with room behind it counts as long: where length changes positions, none has room. */
  private static Continuations continuations(
      OnnxRuntime runtime, ModelFolder folder, ModelGraphs graphs) {
    boolean switches = graphs.family().switchLength() < Integer.MAX_VALUE;
    return switches && runtime.provider() == ExecutionProvider.CPU
        ? Continuations.plain(graphs.decoder(), graphs.embedding())
        : Continuations.open(
            runtime, graphs.decoder(), graphs.embedding(), folder.graphs().decoder());
  }

  private static ChatTemplate started(Future<ChatTemplate> template) {
    try {
      return template.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException("the chat template cannot be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while the model was loaded");
    }
  }

  @Override
  public ModelIdentity identity() {
    return identity;
  }

  @Override
  public String runsOn() {
    return runsOn;
  }

  @Override
  public Calibration calibration() {
    return folder.manifest().calibration();
  }

  @Override
  public StatedLimits limits() {
    return folder.manifest().limits();
  }

  @Override
  public List<String> mappedFindings() {
    StatedRegions regions = folder.manifest().regions();
    return regions == null ? List.of() : regions.findings();
  }

  @Override
  public String reportPrompt() {
    return folder.manifest().reportPrompt();
  }

  @Override
  public Optional<String> refusalText() {
    return Optional.ofNullable(folder.manifest().refusalText()).map(String::strip);
  }

  /** A cache of the whole context, and the next one that a step writes. */
  @Override
  public long answerBytes() {
    return 2 * graphs.decoder().cacheBytes(context());
  }

  @Override
  public OnnxStudy encode(List<BufferedImage> images) {
    if (images.isEmpty()) {
      throw new IllegalArgumentException("a study to encode has at least one image");
    }
    return kept.open(images, () -> encoded(images));
  }

  private OnnxStudy encoded(List<BufferedImage> images) {
    StudyImages encoded = encodedImages(images);
    int[] prefix = graphs.sharesPrefixes() ? prompts.prefix(encoded.layouts()) : new int[0];
    if (prefix.length + 1 > context()) {
      throw new PromptTooLongException("tokens", prefix.length, context() - 1L);
    }
    return new OnnxStudy(this, encoded, prefix, graphs.prefill(prefix, encoded));
  }

  private StudyImages encodedImages(List<BufferedImage> images) {
    List<ImageFeatures> features = new ArrayList<>();
    List<ImageLayout> layouts = new ArrayList<>();
    List<TargetSize.Exact> pictures = new ArrayList<>();
    long rows = 0;
    for (BufferedImage image : images) {
      PreparedImage prepared = family.prepare(RgbImage.of(image));
      ImageFeatures encoded = graphs.vision().encode(prepared.inputs());
      int tokens = family.mergesFeatures() ? encoded.rows() : 1;
      features.add(encoded);
      pictures.add(new TargetSize.Exact(image.getHeight(), image.getWidth()));
      layouts.add(new ImageLayout(tokens, prepared.gridRows(), prepared.gridColumns()));
      rows += tokens;
      // Images of one size take as many tokens each: that they are too many shows at the first.
      int ahead = family.fixedSize() == null ? 1 : tokens;
      long least = rows + (long) (images.size() - layouts.size()) * ahead;
      if (least + 2 > context()) {
        throw new PromptTooLongException("image tokens", least, context() - 2L);
      }
    }
    return new StudyImages(ImageFeatures.concatenated(features), layouts, pictures);
  }

  /**
   * How many images of a study fit beside a question and its answer, at least 1; 1 where the folder
   * does not say how many tokens an image takes.
   */
  public int maxImages() {
    int rows = family.mostImageTokens();
    return rows < 1 ? 1 : Math.max(1, (context() - QUESTION_RESERVE) / rows);
  }

  /**
   * How many images of a study it shall be shown: what its folder states ({@code
   * images_per_prompt}, else 1), and no more than fit.
   */
  @Override
  public int imageBudget() {
    return Math.min(folder.manifest().imagesPerPrompt(), maxImages());
  }

  @Override
  public Answer answer(
      EncodedStudy study,
      String question,
      Decoding decoding,
      TokenListener listener,
      Cancellation cancellation) {
    OnnxStudy own = own(study);
    int[] prompt = prompt(own, question);
    int room = prompt.length <= family.switchLength() ? family.switchLength() : context();
    int limit =
        Math.min(
            Math.min(decoding.maxNewTokens(), settings.maxNewTokens()),
            Math.max(1, Math.min(room, context()) - prompt.length));
    try (OnnxStudy.Use use = own.use()) {
      var limits = new AnswerWriter.Limits(decoding, limit, question.equals(reportPrompt()));
      return writer.write(own, prompt, limits, listener, cancellation);
    }
  }

  /**
   * Scores yes/no questions, all in as few runs as memory allows; in the order of the questions.
   */
  @Override
  public List<AnswerScore> score(EncodedStudy study, List<String> questions) {
    return score(study, questions, ALL_ROWS);
  }

  List<AnswerScore> score(EncodedStudy study, List<String> questions, int rowsAtOnce) {
    OnnxStudy own = own(study);
    List<int[]> built = questions.stream().map(question -> prompt(own, question)).toList();
    try (OnnxStudy.Use use = own.use()) {
      return scoring.score(own, questions, built, rowsAtOnce);
    }
  }

  @Override
  public Optional<String> groundingQuestion(String thing) {
    return family.groundingQuestion(thing);
  }

  /** Where several images were shown, nothing says which of them a region is on. */
  @Override
  public RegionText regions(EncodedStudy study, String question, Answer answer) {
    StudyImages images = own(study).studyImages();
    int[] tokens = answer.tokens().stream().mapToInt(Integer::intValue).toArray();
    Optional<RegionText> read =
        family.regions(question, tokenizer.decodeWithSpecial(tokens), images.layouts().getFirst());
    if (read.isEmpty()) {
      return RegionText.plain(answer.text());
    }
    RegionCollector placed = new RegionCollector();
    if (images.pictures().size() == 1) {
      TargetSize.Exact picture = images.pictures().getFirst();
      read.get()
          .regions()
          .forEach(region -> placed.moved(region, at -> family.onPicture(at, picture)));
    }
    return new RegionText(read.get().text(), placed.regions());
  }

  @Override
  public Optional<ImageDependence> imageDependence(String question, Answer answer) {
    return answer.tokens().isEmpty() || !forced.isPossible()
        ? Optional.empty()
        : Optional.of(forced.dependence(question, answer));
  }

  @Override
  public Optional<Answer> asIfWritten(EncodedStudy study, String question, String text) {
    OnnxStudy own = own(study);
    int[] tokens = prompts.answer(text);
    return tokens.length == 0 || !forced.readsPrompts()
        ? Optional.empty()
        : Optional.of(forced.answer(own.studyImages(), prompt(own, question), text, tokens));
  }

  @Override
  public Optional<List<AnswerScore>> scoreWithoutImage(List<String> questions) {
    if (!forced.isPossible()) {
      return Optional.empty();
    }
    Map<String, AnswerScore> known = new HashMap<>(blindScores);
    List<String> missing =
        questions.stream().distinct().filter(each -> !known.containsKey(each)).toList();
    if (!missing.isEmpty()) {
      List<int[]> built = missing.stream().map(forced::prompt).toList();
      try (OnnxStudy none = forced.study(this, built)) {
        for (AnswerScore score : scoring.score(none, missing, built, ALL_ROWS)) {
          known.put(score.question(), score);
          if (blindScores.size() < MOST_BLIND_SCORES) {
            blindScores.put(score.question(), score);
          }
        }
      }
    }
    return Optional.of(
        questions.stream().map(each -> Objects.requireNonNull(known.get(each))).toList());
  }

  @Override
  public void close() {
    kept.close();
    continuations.close();
    graphs.close();
    tokenizer.close();
  }

  /** Token ids of a question's prompt. */
  int[] prompt(OnnxStudy study, String question) {
    int[] prompt = prompts.prompt(study.studyImages().layouts(), question);
    if (prompt.length >= context()) {
      throw new PromptTooLongException("tokens", prompt.length, context() - 1L);
    }
    return prompt;
  }

  /** The graphs, which answer token after token. */
  ModelGraphs graphs() {
    return graphs;
  }

  private int context() {
    return Math.min(settings.maxContext(), folder.config().maxPositions());
  }

  private OnnxStudy own(EncodedStudy study) {
    if (study instanceof OnnxStudy own && own.isOf(this)) {
      return own;
    }
    throw new IllegalArgumentException("the study was encoded by another model");
  }
}
