package io.overread.vlm.evaluate;

import io.overread.vlm.evaluate.GuardSample.Answered;
import io.overread.vlm.evaluate.GuardSample.Said;
import io.overread.vlm.evaluate.GuardSample.Scored;
import io.overread.vlm.model.AnswerCalibration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is fitted for {@code limits} in overread.json.
 *
 * @param answers null where there were too few right or wrong answers
 * @param sentenceShift null where there were no sentences
 * @param answerShift null where there were no answers in words
 * @param findingShift null where there were no findings
 */
record LimitsFit(
    @Nullable AnswerCalibration answers,
    @Nullable Double sentenceShift,
    @Nullable Double answerShift,
    @Nullable Double findingShift) {

  /** An answer that is likelier wrong than right is not given. */
  private static final double LEAST_PROBABILITY = 0.5;

  /** So much of what the model says of the image before it may be marked. */
  private static final double FALSE_ALARMS = 0.01;

  private static final int LEAST_OF_EACH = 10;

  static LimitsFit of(List<GuardSample> samples) {
    return new LimitsFit(
        answers(samples.stream().flatMap(sample -> sample.answers().stream()).toList()),
        quantile(
            samples.stream()
                .flatMap(sample -> sample.sentences().stream())
                .filter(Said::own)
                .mapToDouble(Said::shift)
                .toArray()),
        quantile(
            samples.stream()
                .flatMap(sample -> sample.answers().stream())
                .filter(each -> !each.refused() && each.yes() == null)
                .mapToDouble(each -> each.part().shift())
                .toArray()),
        quantile(
            samples.stream()
                .flatMap(sample -> sample.findings().stream())
                .mapToDouble(Scored::shift)
                .toArray()));
  }

  /**
   * Of the source's own questions, and of as many that we put to every image: with the first alone
   * the fit takes what every image answers alike for a sign of error.
   */
  private static @Nullable AnswerCalibration answers(List<Answered> all) {
    List<Answered> words =
        all.stream().filter(each -> !each.refused() && each.yes() == null).toList();
    List<Answered> asked = new ArrayList<>(words.stream().filter(Answered::free).toList());
    List<Answered> others = words.stream().filter(each -> !each.free()).toList();
    int step = Math.max(1, others.size() / Math.max(1, asked.size()));
    for (int i = 0; i < others.size(); i += step) {
      asked.add(others.get(i));
    }
    long right = asked.stream().filter(Answered::right).count();
    if (right < LEAST_OF_EACH || asked.size() - right < LEAST_OF_EACH) {
      return null;
    }
    double[][] rows = new double[asked.size()][];
    boolean[] truths = new boolean[asked.size()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = features(asked.get(i));
      truths[i] = asked.get(i).right();
    }
    LogisticFit fit = LogisticFit.of(rows, truths);
    double[] weights = fit.weights();
    return new AnswerCalibration(
        rounded(fit.bias()),
        rounded(weights[0]),
        rounded(weights[1]),
        rounded(weights[2]),
        LEAST_PROBABILITY);
  }

  private static double[] features(Answered answer) {
    return new double[] {answer.part().mean(), answer.part().variance(), answer.part().shift()};
  }

  private static @Nullable Double quantile(double[] values) {
    if (values.length == 0) {
      return null;
    }
    Arrays.sort(values);
    return rounded(values[(int) (values.length * FALSE_ALARMS)]);
  }

  private static double rounded(double value) {
    return Math.rint(value * 1e4) / 1e4;
  }
}
