package io.overread.vlm.remote;

import io.overread.vlm.Answer;
import io.overread.vlm.AnswerScore;
import io.overread.vlm.Cancellation;
import io.overread.vlm.EncodedStudy;
import io.overread.vlm.TokenListener;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.decoding.Constraint;
import io.overread.vlm.decoding.Decoding;
import io.overread.vlm.decoding.FinishReason;
import io.overread.vlm.decoding.JsonForm;
import io.overread.vlm.failure.EngineException;
import io.overread.vlm.failure.PromptTooLongException;
import io.overread.vlm.model.Calibration;
import io.overread.vlm.model.ModelIdentity;
import io.overread.vlm.region.RegionText;
import io.overread.vlm.remote.Departure.Arrival;
import io.overread.vlm.remote.Departure.Consignment;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A model behind an engine elsewhere. What it knows of its weights is the name that they have
 * there, so its digest is of its settings: another instruction is another model.
 */
public final class RemoteModel implements VisionLanguageModel {

  private static final int LONGEST_QUESTION = 4000;

  /** Tokens for the JSON around an answer within a constraint, and for white space in it. */
  private static final int FRAME = 32;

  private final RemoteSettings settings;
  private final @Nullable Departure standard;
  private final ModelIdentity identity;
  private final Requests requests;
  private final RemoteScoring scoring;

  RemoteModel(RemoteSettings settings, @Nullable Departure standard, Requests requests) {
    this.settings = settings;
    this.standard = standard;
    this.identity =
        new ModelIdentity(settings.name(), settings.version(), Digests.of(described(settings)));
    this.requests = requests;
    this.scoring = new RemoteScoring(settings, requests);
  }

  /**
   * For images of patients: each study is encoded with its departure; without one it is refused.
   * Nothing is sent before.
   *
   * @throws io.overread.vlm.failure.ModelFormatException if there is no key where the settings say
   */
  public static RemoteModel open(RemoteSettings settings) {
    return opened(settings, null);
  }

  /** For images that are public or of no patient. */
  public static RemoteModel openForPublicImages(RemoteSettings settings) {
    return opened(settings, Departure.OF_NO_PATIENT);
  }

  private static RemoteModel opened(RemoteSettings settings, @Nullable Departure standard) {
    return opened(settings, standard, InstantSource.system(), RemoteModel::sleep);
  }

  static RemoteModel opened(
      RemoteSettings settings,
      @Nullable Departure standard,
      InstantSource clock,
      Requests.Pause pause) {
    ApiKey key = ApiKey.of(settings.access(), System.getenv());
    Replicas replicas = new Replicas(settings.target().urls(), clock);
    return new RemoteModel(settings, standard, new Requests(settings, key, replicas, pause));
  }

  private static void sleep(Duration duration, Cancellation cancellation)
      throws InterruptedException {
    Thread waiting = Thread.currentThread();
    long until = System.nanoTime() + duration.toNanos();
    try (Cancellation.Registration wake =
        cancellation.whenRequested(() -> LockSupport.unpark(waiting))) {
      for (long left = duration.toNanos();
          left > 0 && !cancellation.requested();
          left = until - System.nanoTime()) {
        LockSupport.parkNanos(left);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    }
  }

  /** All that decides what it answers. */
  private static String described(RemoteSettings settings) {
    RemoteSettings.Asking asking = settings.asking();
    Calibration calibration = asking.calibrated();
    return String.join(
        "\n",
        settings.version(),
        settings.target().engine().name(),
        settings.target().model(),
        asking.allInstructions(),
        asking.report(),
        asking.refusal(),
        Integer.toString(asking.images()),
        Boolean.toString(asking.wantsLogProbabilities()),
        calibration.standard().toString(),
        new TreeMap<>(calibration.byQuestion()).toString());
  }

  @Override
  public ModelIdentity identity() {
    return identity;
  }

  @Override
  public String runsOn() {
    return String.join(", ", settings.target().hosts());
  }

  @Override
  public Calibration calibration() {
    return settings.asking().calibrated();
  }

  @Override
  public List<String> mappedFindings() {
    return List.of();
  }

  @Override
  public String reportPrompt() {
    return settings.asking().report();
  }

  @Override
  public Optional<String> refusalText() {
    return Optional.of(settings.asking().refusal());
  }

  @Override
  public int imageBudget() {
    return settings.asking().images();
  }

  /** How each replica fares. Sends no image. */
  public List<ReplicaHealth> health() {
    return requests.health();
  }

  /**
   * Encodes images of no patient.
   *
   * @throws IllegalStateException of a model that is opened for images of patients
   */
  @Override
  public RemoteStudy encode(List<BufferedImage> images) {
    if (standard == null) {
      throw new IllegalStateException("images for a remote model need a departure");
    }
    return encode(images, standard);
  }

  /**
   * Encodes images that are cleaned.
   *
   * @param departure cleans the questions on them and writes down what leaves
   */
  public RemoteStudy encode(List<BufferedImage> images, Departure departure) {
    if (images.isEmpty()) {
      throw new IllegalArgumentException("a study to encode has at least one image");
    }
    if (images.size() > imageBudget()) {
      throw new PromptTooLongException("images", images.size(), imageBudget());
    }
    return RemoteStudy.of(this, departure, images);
  }

  @Override
  public Answer answer(
      EncodedStudy study,
      String question,
      Decoding decoding,
      TokenListener listener,
      Cancellation cancellation) {
    RemoteStudy own = own(study);
    String text = cleared(own, question);
    Prompt prompt = prompt(own, text, decoding);
    AtomicInteger sent = new AtomicInteger();
    return departing(
        own,
        List.of(text),
        sent,
        cancellation,
        () -> answer(requests.send(prompt, listener, cancellation, sent)));
  }

  private Prompt prompt(RemoteStudy study, String text, Decoding decoding) {
    boolean scored = settings.asking().wantsLogProbabilities();
    Constraint constraint = decoding.constraint();
    JsonForm form = constraint == null ? null : JsonForm.of(constraint);
    return new Prompt(
        settings.target().model(),
        settings.asking().allInstructions(),
        study.encoded(),
        form == null ? text : ClosingSentence.behind(text, form),
        form == null ? decoding : decoding.longerBy(FRAME),
        new Prompt.Form(scored, 0, form, form != null));
  }

  private Answer answer(Reply reply) {
    FinishReason finish = reply.finish();
    boolean refused = reply.text().equals(settings.asking().refusal());
    return new Answer(
        reply.text(), List.of(), reply.logProbabilities(), finish, refused, Answer.UNKNOWN);
  }

  /** Gemini's way alone: of the others nothing tells how the model behind them writes boxes. */
  @Override
  public Optional<String> groundingQuestion(String thing) {
    return settings.target().engine() == Engine.GEMINI
        ? Optional.of(GeminiContent.groundingQuestion(thing))
        : Optional.empty();
  }

  @Override
  public RegionText regions(EncodedStudy study, String question, Answer answer) {
    RegionText read =
        settings.target().engine() == Engine.GEMINI
            ? GeminiContent.regions(answer.text())
            : RegionText.plain(answer.text());
    return study.images() == 1 ? read : RegionText.plain(read.text());
  }

  @Override
  public List<AnswerScore> score(EncodedStudy study, List<String> questions) {
    RemoteStudy own = own(study);
    List<String> texts = questions.stream().map(question -> cleared(own, question)).toList();
    AtomicInteger sent = new AtomicInteger();
    return departing(
        own,
        texts,
        sent,
        new Cancellation(),
        () -> scoring.score(own.encoded(), questions, texts, sent));
  }

  /** Nothing leaves that was not written down before, and how it ended is written down after. */
  private <T> T departing(
      RemoteStudy study,
      List<String> texts,
      AtomicInteger sent,
      Cancellation cancellation,
      Supplier<T> call) {
    Consignment consignment =
        new Consignment(
            identity.digest(),
            settings.target().model(),
            settings.target().hosts(),
            study.digests(),
            texts.stream().map(Digests::of).toList());
    UUID departed = study.departure().leaving(consignment);
    T result;
    try {
      result = call.get();
    } catch (RuntimeException | Error e) {
      String why = e instanceof EngineException ? e.getMessage() : null;
      String outcome = why == null ? e.getClass().getSimpleName() : why;
      try {
        study.departure().ended(departed, new Arrival(false, sent.get(), outcome));
      } catch (RuntimeException unwritten) {
        e.addSuppressed(unwritten);
      }
      throw e;
    }
    boolean cancelled = cancellation.requested();
    study
        .departure()
        .ended(departed, new Arrival(!cancelled, sent.get(), cancelled ? "cancelled" : "answered"));
    return result;
  }

  private static String cleared(RemoteStudy study, String question) {
    String text = study.departure().cleared(question).strip();
    if (text.length() > LONGEST_QUESTION) {
      throw new PromptTooLongException("characters", text.length(), LONGEST_QUESTION);
    }
    return text;
  }

  private RemoteStudy own(EncodedStudy study) {
    if (study instanceof RemoteStudy own && own.isOf(this)) {
      return own;
    }
    throw new IllegalArgumentException("the study was encoded by another model");
  }

  @Override
  public void close() {
    requests.close();
  }
}
