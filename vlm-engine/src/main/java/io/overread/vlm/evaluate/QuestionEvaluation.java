package io.overread.vlm.evaluate;

import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.evaluate.published.AskedQuestion;
import io.overread.vlm.evaluate.published.Part;
import io.overread.vlm.evaluate.published.QuestionSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Puts the questions of a set to a model and measures how often it is right. */
public final class QuestionEvaluation {

  private final QuestionSettings settings;
  private final QuestionSet set;

  private QuestionEvaluation(QuestionSettings settings) {
    this.settings = settings;
    try {
      this.set =
          settings
              .format()
              .read(
                  settings.base().data(),
                  Part.valueOf(settings.base().split().name()),
                  settings.shelf());
    } catch (IllegalArgumentException e) {
      throw new UnusableDataException(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Asks every question of the part.
   *
   * @throws UnusableDataException if the files can't be used
   * @throws io.overread.vlm.failure.EngineException if the model can't be used
   */
  public static EvaluationReport run(QuestionSettings settings, RunSettings run) {
    QuestionEvaluation evaluation = new QuestionEvaluation(settings);
    EvaluationSettings base = settings.base();
    try (VisionLanguageModel model =
        run.opener().open(base.model(), Evaluation.engine(base.natives()))) {
      return evaluation.run(model, run);
    }
  }

  private EvaluationReport run(VisionLanguageModel model, RunSettings run) {
    if (!set.note().isEmpty()) {
      run.progress().tell(set.name() + ": " + set.note());
    }
    StepTimes times = new StepTimes();
    AnsweredJson json = new AnsweredJson(set.questions());
    long start = System.nanoTime();
    List<Answered> answered;
    SequencedMap<List<Path>, List<AskedQuestion>> byImages = byImages();
    try (Checkpoint checkpoint = Checkpoint.open(run.resume(), identity(model));
        QuestionReading reading = new QuestionReading(model, settings, times)) {
      answered =
          new Steps<Answered>(Steps.workersHere(), checkpoint, AnsweredJson::write, json::read)
              .all(readings(byImages, reading), run.progress());
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    run.progress().tell("computing figures and intervals");
    return EvaluationReport.ofQuestions(
        new About(
            model.identity(),
            model.runsOn(),
            settings.base().split().name().toLowerCase(Locale.ROOT),
            Map.of(set.name(), byImages.size()),
            Steps.workersHere(),
            seconds),
        answered,
        times.medians());
  }

  private ObjectNode identity(VisionLanguageModel model) {
    return JsonMapper.shared()
        .createObjectNode()
        .put("model", model.identity().digest())
        .put("data", set.digest())
        .put("split", settings.base().split().name().toLowerCase(Locale.ROOT))
        .put("baselines", settings.baselines())
        .put("instruction", settings.instruction());
  }

  /** An image is encoded once for all its questions. */
  private SequencedMap<List<Path>, List<AskedQuestion>> byImages() {
    SequencedMap<List<Path>, List<AskedQuestion>> groups = new LinkedHashMap<>();
    for (AskedQuestion question : set.questions()) {
      groups.computeIfAbsent(question.images(), images -> new ArrayList<>()).add(question);
    }
    return groups;
  }

  private SequencedMap<String, Callable<List<Answered>>> readings(
      Map<List<Path>, List<AskedQuestion>> byImages, QuestionReading reading) {
    List<List<AskedQuestion>> groups = List.copyOf(byImages.values());
    List<List<AskedQuestion>> others = shuffled(groups);
    SequencedMap<String, Callable<List<Answered>>> steps = new LinkedHashMap<>();
    for (int i = 0; i < groups.size(); i++) {
      List<AskedQuestion> own = groups.get(i);
      List<AskedQuestion> strange = others.get(i);
      steps.put(own.getFirst().origin().id(), () -> reading.read(own, strange));
    }
    return steps;
  }

  /** To every image the questions of another one; to an image alone none. */
  private static List<List<AskedQuestion>> shuffled(List<List<AskedQuestion>> groups) {
    List<Integer> circle = new ArrayList<>();
    List<List<AskedQuestion>> others = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      circle.add(i);
      others.add(List.of());
    }
    Collections.shuffle(circle, new Random(Bootstrap.SEED));
    for (int i = 0; groups.size() > 1 && i < circle.size(); i++) {
      others.set(circle.get(i), groups.get(circle.get((i + 1) % circle.size())));
    }
    return others;
  }
}
