package io.overread.reporting.review;

/**
 * What follows when a report is drafted or signed. The service implements it, and makes due what is
 * sent of it.
 *
 * <p>Called inside the transaction that writes the version, before its audit entry: what it writes
 * through Spring's transaction is committed with the version or not at all, and what it throws
 * undoes the version. It must not do slow work itself.
 */
@FunctionalInterface
public interface ReportFollowUp {
  /** Nothing follows. */
  ReportFollowUp NONE = report -> {};

  /**
   * Makes due what follows.
   *
   * @param report as it is now: a draft, or just signed
   */
  void follow(Report report);
}
