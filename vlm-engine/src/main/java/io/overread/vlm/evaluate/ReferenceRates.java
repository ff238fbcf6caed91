package io.overread.vlm.evaluate;

import io.overread.vlm.Answer;
import io.overread.vlm.AnswerScore;
import io.overread.vlm.EncodedStudy;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.finding.Finding;
import io.overread.vlm.finding.FindingCatalogues;
import io.overread.vlm.text.Sentences;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * What a text or a finding may be compared with to see whether it depends on the image: no image
 * (CEBaG's "none", which the engine takes), a black or a gray one, the mean of its source's images,
 * the image before it of the same source. How well each tells apart what was read and what wasn't.
 */
final class ReferenceRates {

  private static final int EDGE = 320;
  private static final int MIDDLE_GRAY = 127;

  /** Of so many images of a source the mean is made. */
  private static final int AVERAGED = 24;

  /** Every so-manieth image: each sentence is read six times. */
  private static final int EVERY = 3;

  private enum Reference {
    /** Not compared at all: the mean log-probability alone. */
    NOTHING("not compared: log-probability alone"),
    NONE("no image"),
    BLACK("a black image"),
    GRAY("a gray image"),
    MEAN("the mean of the source's images"),
    OTHER("another image of the source");

    private final String words;

    Reference(String words) {
      this.words = words;
    }
  }

  /**
   * A sentence or a called finding.
   *
   * @param read whether it was read from the image: the model's own sentence; a right call
   * @param shift by how much the image moved it, by reference
   */
  private record Compared(boolean sentence, boolean read, Map<Reference, Double> shift) {}

  private final VisionLanguageModel model;
  private final ImageFiles files;
  private final StatedFindings stated = new StatedFindings(FindingCatalogues.shipped());
  private final Map<String, EncodedStudy> means = new ConcurrentHashMap<>();
  private final EncodedStudy black;
  private final EncodedStudy gray;

  private ReferenceRates(VisionLanguageModel model, ImageFiles files) {
    this.model = model;
    this.files = files;
    this.black = model.encode(List.of(filled(0)));
    this.gray = model.encode(List.of(filled(MIDDLE_GRAY)));
  }

  /** A table in Markdown. */
  static String table(
      VisionLanguageModel model,
      List<StatedRecord> records,
      ImageFiles files,
      Consumer<String> progress) {
    ReferenceRates rates = new ReferenceRates(model, files);
    try {
      rates.average(records);
      List<Callable<List<Compared>>> tasks = new ArrayList<>();
      Map<String, StatedRecord> before = new HashMap<>();
      int seen = 0;
      for (StatedRecord record : records) {
        StatedRecord other = before.put(record.subject().source(), record);
        if (other != null && seen++ % EVERY == 0) {
          tasks.add(() -> rates.read(record, other));
        }
      }
      progress.accept("references of " + tasks.size() + " images");
      return table(
          Steps.besideOneAnother(Steps.workersHere(), tasks, done -> {}).stream()
              .flatMap(List::stream)
              .toList());
    } finally {
      rates.black.close();
      rates.gray.close();
      rates.means.values().forEach(EncodedStudy::close);
    }
  }

  private void average(List<StatedRecord> records) {
    Map<String, List<StatedRecord>> bySource = new HashMap<>();
    records.forEach(
        record ->
            bySource
                .computeIfAbsent(record.subject().source(), _ -> new ArrayList<>())
                .add(record));
    bySource.forEach(
        (source, some) ->
            means.put(
                source,
                model.encode(
                    List.of(
                        MeanImage.of(
                            some.stream().limit(AVERAGED).map(files::read).toList(), EDGE)))));
  }

  private List<Compared> read(StatedRecord record, StatedRecord other) {
    List<Compared> compared = new ArrayList<>();
    try (StudyQuestions own = StudyQuestions.of(model, files.read(record), new StepTimes());
        StudyQuestions another = StudyQuestions.of(model, files.read(other), new StepTimes())) {
      Map<Reference, EncodedStudy> references = new EnumMap<>(Reference.class);
      references.put(Reference.BLACK, black);
      references.put(Reference.GRAY, gray);
      references.put(Reference.MEAN, means.get(record.subject().source()));
      references.put(Reference.OTHER, another.study());
      findings(stated.of(record), own.study(), references, compared);
      Answer report = own.answer(model.reportPrompt());
      Answer foreign = another.answer(model.reportPrompt());
      if (!report.refused() && !foreign.refused()) {
        sentences(report, foreign, own.study(), references, compared);
      }
    }
    return compared;
  }

  private void findings(
      SequencedMap<Finding, Boolean> truths,
      EncodedStudy study,
      Map<Reference, EncodedStudy> references,
      List<Compared> compared) {
    List<String> asked = truths.keySet().stream().map(Finding::question).toList();
    Optional<List<AnswerScore>> blind = model.scoreWithoutImage(asked);
    if (asked.isEmpty() || blind.isEmpty()) {
      return;
    }
    List<AnswerScore> seen = model.score(study, asked);
    Map<Reference, List<AnswerScore>> scores = new EnumMap<>(Reference.class);
    scores.put(Reference.NONE, blind.get());
    references.forEach((reference, image) -> scores.put(reference, model.score(image, asked)));
    List<Boolean> truth = List.copyOf(truths.values());
    for (int i = 0; i < asked.size(); i++) {
      double odds = seen.get(i).logOdds();
      double probability = model.calibration().probability(asked.get(i), odds);
      if (probability >= GuardReading.PRESENT_FROM) {
        int at = i;
        Map<Reference, Double> shift = new EnumMap<>(Reference.class);
        shift.put(Reference.NOTHING, probability);
        scores.forEach(
            (reference, some) -> shift.put(reference, Math.abs(odds - some.get(at).logOdds())));
        compared.add(new Compared(false, truth.get(i), shift));
      }
    }
  }

  /** The other image's sentences, as if they had been written of this one. */
  private void sentences(
      Answer report,
      Answer foreign,
      EncodedStudy study,
      Map<Reference, EncodedStudy> references,
      List<Compared> compared) {
    Sentences.of(report.text())
        .forEach(each -> sentence(each.text(), true, study, references).ifPresent(compared::add));
    Sentences.of(foreign.text()).stream()
        .filter(each -> !report.text().contains(each.text()))
        .forEach(each -> sentence(each.text(), false, study, references).ifPresent(compared::add));
  }

  private Optional<Compared> sentence(
      String text, boolean own, EncodedStudy study, Map<Reference, EncodedStudy> references) {
    Optional<Answer> seen = model.asIfWritten(study, model.reportPrompt(), text);
    if (seen.isEmpty()) {
      return Optional.empty();
    }
    double mean = mean(seen.get());
    Map<Reference, Double> shift = new EnumMap<>(Reference.class);
    shift.put(Reference.NOTHING, mean);
    model
        .imageDependence(model.reportPrompt(), seen.get())
        .ifPresent(dependence -> shift.put(Reference.NONE, dependence.whole().shift()));
    references.forEach(
        (reference, image) ->
            model
                .asIfWritten(image, model.reportPrompt(), text)
                .ifPresent(answer -> shift.put(reference, mean - mean(answer))));
    return Optional.of(new Compared(true, own, shift));
  }

  private static double mean(Answer answer) {
    return answer.tokenLogProbabilities().stream().mapToDouble(each -> each).average().orElse(0);
  }

  private static String table(List<Compared> all) {
    StringBuilder table =
        new StringBuilder(
            "| image dependence against | sentences, own and another's | AUROC"
                + " | findings called present, right and wrong | AUROC |\n");
    table.append("| --- | --- | --- | --- | --- |\n");
    for (Reference reference : Reference.values()) {
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s |%n",
              reference.words,
              cells(all.stream().filter(Compared::sentence).toList(), reference),
              cells(all.stream().filter(each -> !each.sentence).toList(), reference)));
    }
    return table.toString();
  }

  private static String cells(List<Compared> some, Reference reference) {
    List<Compared> known = some.stream().filter(each -> each.shift.containsKey(reference)).toList();
    double[] shifts = known.stream().mapToDouble(each -> each.shift.get(reference)).toArray();
    boolean[] read = new boolean[shifts.length];
    int own = 0;
    for (int i = 0; i < read.length; i++) {
      read[i] = known.get(i).read;
      own += read[i] ? 1 : 0;
    }
    return String.format(
        Locale.ROOT, "%d and %d | %.3f", own, read.length - own, RankedAnswers.auroc(shifts, read));
  }

  private static BufferedImage filled(int value) {
    return MeanImage.gray(EDGE, (x, y) -> value);
  }
}
