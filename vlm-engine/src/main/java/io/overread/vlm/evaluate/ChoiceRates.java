package io.overread.vlm.evaluate;

import io.overread.vlm.Answer;
import io.overread.vlm.Cancellation;
import io.overread.vlm.TokenListener;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.decoding.Constraint;
import io.overread.vlm.decoding.Decoding;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How often an answer is right when it is free, and when it must be one of some words. */
final class ChoiceRates {

  private static final int LONGEST = 64;

  private final VisionLanguageModel model;
  private final List<Asked> asked;

  /** A question put to every image, and the words that it may be answered with. */
  private record Asked(
      String question, List<String> words, Function<StatedRecord, @Nullable String> truth) {}

  /** One question about one image. */
  private record Reply(String question, String source, boolean free, boolean chosen, boolean in) {}

  private ChoiceRates(VisionLanguageModel model, List<Asked> asked) {
    this.model = model;
    this.asked = asked;
  }

  /** A table in Markdown; the choices are what the data's records state. */
  static String table(
      VisionLanguageModel model,
      List<StatedRecord> records,
      ImageFiles files,
      Consumer<String> progress) {
    ChoiceRates rates =
        new ChoiceRates(
            model,
            List.of(
                asked(
                    ImageReading.MODALITY_QUESTION,
                    records,
                    record -> ImageReading.spelled(record.modality())),
                asked(ImageReading.BODY_PART_QUESTION, records, ChoiceRates::bodyPart)));
    List<Callable<List<Reply>>> tasks = new ArrayList<>();
    records.forEach(record -> tasks.add(() -> rates.read(record, files.read(record))));
    progress.accept("choices for " + tasks.size() + " images");
    return table(
        Steps.besideOneAnother(Steps.workersHere(), tasks, done -> {}).stream()
            .flatMap(List::stream)
            .toList());
  }

  /** In lower case, as the training writes it. */
  private static @Nullable String bodyPart(StatedRecord record) {
    String part = record.bodyPart();
    return part == null ? null : part.toLowerCase(Locale.ROOT);
  }

  private static Asked asked(
      String question, List<StatedRecord> records, Function<StatedRecord, @Nullable String> truth) {
    TreeSet<String> words = new TreeSet<>();
    records.stream().map(truth).filter(Objects::nonNull).forEach(words::add);
    return new Asked(question, List.copyOf(words), truth);
  }

  private List<Reply> read(StatedRecord record, BufferedImage image) {
    List<Reply> replies = new ArrayList<>();
    try (StudyQuestions questions = StudyQuestions.of(model, image, new StepTimes())) {
      for (Asked each : asked) {
        String truth = each.truth.apply(record);
        if (truth != null && each.words.size() > 1) {
          String free = questions.answer(each.question).text();
          replies.add(
              new Reply(
                  each.question,
                  record.subject().source(),
                  AnswerWords.same(free, truth),
                  AnswerWords.same(chosen(questions, each).text(), truth),
                  each.words.stream().anyMatch(word -> AnswerWords.same(free, word))));
        }
      }
    }
    return replies;
  }

  private Answer chosen(StudyQuestions questions, Asked each) {
    return model.answer(
        questions.study(),
        each.question,
        Decoding.greedy(LONGEST).within(new Constraint.Choices(each.words)),
        TokenListener.NONE,
        new Cancellation());
  }

  private static String table(List<Reply> all) {
    StringBuilder table =
        new StringBuilder(
            "| question | images of | n | free | of the words | one of the words |\n");
    table.append("| --- | --- | --- | --- | --- | --- |\n");
    for (String question : all.stream().map(Reply::question).distinct().toList()) {
      List<Reply> some = all.stream().filter(each -> each.question.equals(question)).toList();
      table.append(row(question, "all", some));
      for (String source : some.stream().map(Reply::source).distinct().sorted().toList()) {
        List<Reply> of = some.stream().filter(each -> each.source.equals(source)).toList();
        if (of.stream().anyMatch(each -> !each.free || !each.chosen)) {
          table.append(row(question, source, of));
        }
      }
    }
    return table.toString();
  }

  private static String row(String question, String source, List<Reply> some) {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %d | %.1f %% | %.1f %% | %.1f %% |%n",
        question,
        source,
        some.size(),
        percent(some, Reply::free),
        percent(some, Reply::in),
        percent(some, Reply::chosen));
  }

  private static double percent(List<Reply> some, java.util.function.Predicate<Reply> counts) {
    return 100.0 * some.stream().filter(counts).count() / some.size();
  }
}
