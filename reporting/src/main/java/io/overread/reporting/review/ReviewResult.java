package io.overread.reporting.review;

/** What came of a decision. */
public sealed interface ReviewResult {
  /**
   * It stands.
   *
   * @param report as it is now
   */
  record Decided(Report report) implements ReviewResult {}

  /**
   * Somebody else changed the report since it was read; nothing changed.
   *
   * @param currentVersion the version to read before deciding again
   */
  record Stale(int currentVersion) implements ReviewResult {}

  /**
   * The life cycle does not allow it; nothing changed.
   *
   * @param state the report's state
   * @param action what was asked
   */
  record NotAllowed(ReviewState state, ReviewAction action) implements ReviewResult {}

  /** There is no such report. */
  record NotFound() implements ReviewResult {}

  /**
   * The person is no radiologist; nothing changed, the attempt is audited.
   *
   * @param missingRole the role it takes
   */
  record Forbidden(String missingRole) implements ReviewResult {}

  /** The password was wrong; nothing was signed, the attempt is audited. */
  record SignerNotVerified() implements ReviewResult {}
}
