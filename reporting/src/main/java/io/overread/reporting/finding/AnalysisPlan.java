package io.overread.reporting.finding;

import java.util.List;

/**
 * All that decides what an analysis finds: the same plan gives the same findings again.
 *
 * @param readers who reads
 * @param catalogueId the finding catalogue asked
 * @param reportCode what the report is about, usually LOINC
 * @param seed of every random choice
 * @param inputDigests SHA-256 of the data sets given to the model, hex, in order
 * @param prompt the instruction that the report text answers
 */
public record AnalysisPlan(
    Readers readers,
    String catalogueId,
    ConceptCode reportCode,
    long seed,
    List<String> inputDigests,
    String prompt) {
  /** Copies the digests. */
  public AnalysisPlan {
    inputDigests = List.copyOf(inputDigests);
    if (inputDigests.isEmpty()) {
      throw new IllegalArgumentException("A model reads at least one data set");
    }
  }

  /** Who drafts. */
  public ModelIdentity model() {
    return readers.drafting();
  }
}
