package io.overread.reporting.review;

import java.util.List;

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

  /** All of these follow, one after the other. */
  static ReportFollowUp all(List<ReportFollowUp> each) {
    List<ReportFollowUp> all = List.copyOf(each);
    return report -> all.forEach(one -> one.follow(report));
  }

  /**
   * Makes due what follows.
   *
   * @param report as it is now: a draft, or just signed
   */
  void follow(Report report);
}
