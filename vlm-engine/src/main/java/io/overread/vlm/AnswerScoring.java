package io.overread.vlm;

import io.overread.vlm.decoding.LogProbabilities;
import io.overread.vlm.failure.InferenceException;
import io.overread.vlm.onnx.DecoderStep;
import io.overread.vlm.onnx.KeyValueCache;
import io.overread.vlm.onnx.Logits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores yes/no questions from the log-probabilities of the answers, many questions in one run over
 * the study's prefix. Rows are padded on the right: what is read lies before the padding, and a
 * causal decoder does not look ahead.
 */
final class AnswerScoring {

  private static final Logger LOG = LoggerFactory.getLogger(AnswerScoring.class);
  private static final long LOGIT_BUDGET_BYTES = 64L << 20;
  private static final long CACHE_BUDGET_BYTES = 128L << 20;

  private final ModelGraphs graphs;
  private final AnswerTexts answers;
  private final Refusal refusal;
  private volatile boolean batches = true;

  AnswerScoring(ModelGraphs graphs, AnswerTexts answers, Refusal refusal) {
    this.graphs = graphs;
    this.answers = answers;
    this.refusal = refusal;
  }

  /** One score for each prompt; {@code rowsAtOnce} bounds a batch beside the memory budgets. */
  List<AnswerScore> score(
      OnnxStudy study, List<String> questions, List<int[]> prompts, int rowsAtOnce) {
    Map<List<Integer>, ScoredRow> rows = new LinkedHashMap<>();
    for (int[] prompt : prompts) {
      List<Integer> ids = Arrays.stream(prompt).boxed().toList();
      answers.yes().forEach(answer -> add(rows, ids, answer));
      answers.no().forEach(answer -> add(rows, ids, answer));
    }
    List<ScoredRow> shared = new ArrayList<>();
    for (ScoredRow row : rows.values()) {
      if (study.startsPrompt(row.ids())) {
        shared.add(row);
      } else {
        runAlone(study, row);
      }
    }
    runShared(study, shared, rowsAtOnce);
    List<AnswerScore> scores = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      List<Integer> ids = Arrays.stream(prompts.get(i)).boxed().toList();
      scores.add(
          new AnswerScore(
              questions.get(i),
              sum(rows, ids, answers.yes()),
              sum(rows, ids, answers.no()),
              refusal.probability(firstLogits(rows, ids))));
    }
    return scores;
  }

  /** A row is the prompt and the answer but its last token; answers of one token share the row. */
  private static void add(
      Map<List<Integer>, ScoredRow> rows, List<Integer> prompt, List<Integer> answer) {
    rows.computeIfAbsent(rowKey(prompt, answer), ScoredRow::new).readFrom(prompt.size() - 1);
  }

  private static List<Integer> rowKey(List<Integer> prompt, List<Integer> answer) {
    List<Integer> key = new ArrayList<>(prompt);
    key.addAll(answer.subList(0, answer.size() - 1));
    return key;
  }

  /** Every row of a prompt is read from the prompt's end on; any of them will do. */
  private float[] firstLogits(Map<List<Integer>, ScoredRow> rows, List<Integer> prompt) {
    return row(rows, prompt, answers.yes().getFirst()).logits(prompt.size() - 1);
  }

  private static ScoredRow row(
      Map<List<Integer>, ScoredRow> rows, List<Integer> prompt, List<Integer> answer) {
    ScoredRow row = rows.get(rowKey(prompt, answer));
    if (row == null) {
      throw new IllegalStateException("every answer has a row");
    }
    return row;
  }

  private static double sum(
      Map<List<Integer>, ScoredRow> rows, List<Integer> prompt, List<List<Integer>> answers) {
    double[] each = new double[answers.size()];
    for (int i = 0; i < each.length; i++) {
      List<Integer> answer = answers.get(i);
      ScoredRow row = row(rows, prompt, answer);
      for (int k = 0; k < answer.size(); k++) {
        each[i] += LogProbabilities.of(row.logits(prompt.size() - 1 + k), answer.get(k));
      }
    }
    return LogProbabilities.logSumExp(each);
  }

  private void runShared(OnnxStudy study, List<ScoredRow> rows, int rowsAtOnce) {
    int from = 0;
    while (from < rows.size()) {
      int to = Math.min(rows.size(), from + batchSize(study, rows, rowsAtOnce));
      List<ScoredRow> batch = rows.subList(from, to);
      if (!(batches && runTogether(study, batch))) {
        batch.forEach(row -> runAlone(study, row));
      }
      from = to;
    }
  }

  /** False when this decoder cannot: some attention kernels take a past for a single row only. */
  private boolean runTogether(OnnxStudy study, List<ScoredRow> batch) {
    if (batch.size() == 1) {
      return runBatch(study, batch, study.prefixCache());
    }
    try (KeyValueCache past = study.prefixCache().repeated(batch.size())) {
      return runBatch(study, batch, past);
    } catch (InferenceException e) {
      batches = false;
      LOG.warn("The model scores its questions one by one: {}", e.getMessage());
      return false;
    }
  }

  private int batchSize(OnnxStudy study, List<ScoredRow> rows, int rowsAtOnce) {
    int prefix = study.prefixLength();
    int longest = rows.stream().mapToInt(row -> row.ids().length - prefix).max().orElse(1);
    long vocabulary = Math.max(1, graphs.decoder().vocabulary());
    long logitBytes = longest * vocabulary * Float.BYTES;
    long cacheBytes = study.cacheBytes() / prefix * (prefix + longest) * 2;
    long fitting = Math.min(LOGIT_BUDGET_BYTES / logitBytes, CACHE_BUDGET_BYTES / cacheBytes);
    return (int) Math.clamp(fitting, 1, rowsAtOnce);
  }

  /** False when the decoder gives logits at fewer positions than padding needs. */
  private boolean runBatch(OnnxStudy study, List<ScoredRow> batch, KeyValueCache past) {
    int prefix = study.prefixLength();
    int longest = batch.stream().mapToInt(row -> row.ids().length - prefix).max().orElseThrow();
    int keep =
        batch.stream().mapToInt(row -> prefix + longest - row.firstRead()).max().orElseThrow();
    int[] ids = new int[batch.size() * longest];
    for (int r = 0; r < batch.size(); r++) {
      int[] row = batch.get(r).ids();
      for (int i = 0; i < longest; i++) {
        // Padded with its own last token: a foreign one could widen the range of an int8 kernel.
        ids[r * longest + i] = row[Math.min(prefix + i, row.length - 1)];
      }
    }
    DecoderStep step =
        graphs.decoder().run(graphs.embedding().embed(ids), longest, past, keep, true);
    step.present().close();
    Logits logits = step.logits();
    if (logits.positions() < keep) {
      return false;
    }
    for (int r = 0; r < batch.size(); r++) {
      ScoredRow row = batch.get(r);
      for (int at = row.firstRead(); at < row.ids().length; at++) {
        row.put(at, logits.at(r, prefix + longest - 1 - at));
      }
    }
    return true;
  }

  /** Runs each start of the row that is read, for its last logits. */
  private void runAlone(OnnxStudy study, ScoredRow row) {
    for (int at = row.firstRead(); at < row.ids().length; at++) {
      DecoderStep step = graphs.start(study, Arrays.copyOf(row.ids(), at + 1), row.firstRead() + 1);
      step.present().close();
      row.put(at, step.logits().at(0, 0));
    }
  }
}
