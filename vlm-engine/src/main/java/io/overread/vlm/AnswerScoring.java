package io.overread.vlm;

import io.overread.vlm.failure.InferenceException;
import io.overread.vlm.onnx.DecoderStep;
import io.overread.vlm.onnx.KeyValueCache;
import io.overread.vlm.onnx.Logits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

  /** A run of its own for what the rows share costs as much as some tokens do. */
  private static final int LEAST_SAVED_TOKENS = 8;

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
    List<ScoredPrompt> scored =
        prompts.stream().map(prompt -> new ScoredPrompt(prompt, answers)).toList();
    List<ScoredRow> shared = new ArrayList<>();
    for (ScoredPrompt prompt : scored) {
      for (ScoredRow row : prompt.rows()) {
        if (study.startsPrompt(row.ids())) {
          shared.add(row);
        } else {
          runAlone(study, row);
        }
      }
    }
    if (!shared.isEmpty()) {
      runShared(study, shared, rowsAtOnce);
    }
    List<AnswerScore> scores = new ArrayList<>();
    for (int i = 0; i < scored.size(); i++) {
      scores.add(scored.get(i).score(questions.get(i), refusal));
    }
    return scores;
  }

  /** What all the rows start with, behind the study's prefix, is run once. */
  private void runShared(OnnxStudy study, List<ScoredRow> rows, int rowsAtOnce) {
    int common = batches ? commonTokens(rows, study.prefixLength()) : 0;
    if (common == 0) {
      runBatches(study, study.prefixCache(), rows, rowsAtOnce);
      return;
    }
    int from = study.prefixLength();
    int[] tokens = Arrays.copyOfRange(rows.getFirst().ids(), from, from + common);
    try (KeyValueCache start =
        graphs
            .decoder()
            .run(graphs.embedding().embed(tokens), common, study.prefixCache(), 1, false)
            .present()) {
      runBatches(study, start, rows, rowsAtOnce);
    }
  }

  /**
   * How many tokens behind the prefix are the same in all rows; 0 where it saves nothing. Neither
   * they nor what is left of a row may be a single token, which other kernels run than several: a
   * score would depend on what else is asked.
   */
  private static int commonTokens(List<ScoredRow> rows, int prefix) {
    int[] first = rows.getFirst().ids();
    int common = first.length - prefix;
    for (ScoredRow row : rows) {
      int[] ids = row.ids();
      int differs = Arrays.mismatch(first, prefix, first.length, ids, prefix, ids.length);
      common = differs < 0 ? common : Math.min(common, differs);
      common = Math.min(common, Math.min(ids.length - 2, row.firstRead()) - prefix);
    }
    return common < 2 || (rows.size() - 1) * common < LEAST_SAVED_TOKENS ? 0 : common;
  }

  private void runBatches(
      OnnxStudy study, KeyValueCache start, List<ScoredRow> rows, int rowsAtOnce) {
    int from = 0;
    while (from < rows.size()) {
      int to = Math.min(rows.size(), from + batchSize(start, rows, rowsAtOnce));
      List<ScoredRow> batch = rows.subList(from, to);
      if (!(batches && runTogether(start, batch))) {
        batch.forEach(row -> runAlone(study, row));
      }
      from = to;
    }
  }

  /** False when this decoder cannot: some attention kernels take a past for a single row only. */
  private boolean runTogether(KeyValueCache start, List<ScoredRow> batch) {
    if (batch.size() == 1) {
      return runBatch(batch, start);
    }
    try (KeyValueCache past = start.repeated(batch.size())) {
      return runBatch(batch, past);
    } catch (InferenceException e) {
      batches = false;
      LOG.warn("The model scores its questions one by one: {}", e.getMessage());
      return false;
    }
  }

  private int batchSize(KeyValueCache start, List<ScoredRow> rows, int rowsAtOnce) {
    int prefix = start.length();
    int longest = rows.stream().mapToInt(row -> row.ids().length - prefix).max().orElse(1);
    long vocabulary = Math.max(1, graphs.decoder().vocabulary());
    long logitBytes = longest * vocabulary * Float.BYTES;
    long cacheBytes = start.bytes() / prefix * (prefix + longest) * 2;
    long fitting = Math.min(LOGIT_BUDGET_BYTES / logitBytes, CACHE_BUDGET_BYTES / cacheBytes);
    return (int) Math.clamp(fitting, 1, rowsAtOnce);
  }

  /** False when the decoder gives logits at fewer positions than padding needs. */
  private boolean runBatch(List<ScoredRow> batch, KeyValueCache past) {
    int prefix = past.length();
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
    Logits logits =
        graphs.decoder().scores(graphs.embedding().embed(ids), longest, past, keep, true);
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
