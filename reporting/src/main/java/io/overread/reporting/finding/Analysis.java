package io.overread.reporting.finding;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One reading of one revision of a study.
 *
 * @param id its key
 * @param study what is read
 * @param state where it stands
 * @param progress how far it is
 * @param plan what decides the findings; null until it was begun
 * @param failure why it failed; null unless it did
 */
public record Analysis(
    UUID id,
    StudyRevision study,
    AnalysisState state,
    Progress progress,
    @Nullable AnalysisPlan plan,
    @Nullable String failure) {

  /**
   * How far an analysis is.
   *
   * @param step what it is doing, for people; null while it waits
   * @param fraction from 0 to 1
   */
  public record Progress(@Nullable String step, float fraction) {}
}
