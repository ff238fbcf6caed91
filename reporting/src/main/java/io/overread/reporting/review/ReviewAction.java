package io.overread.reporting.review;

/** What can be done to a report on the desk. */
public enum ReviewAction {
  /** Take the text as it stands. */
  ACCEPT,
  /** Change the text. */
  EDIT,
  /** Refuse the draft; while a signed report is being changed: give the change up. */
  REJECT,
  /** Sign the text as it stands. */
  SIGN,
  /** Open a signed report for a change. */
  AMEND,
  /**
   * A later revision of the study has its own draft; done by the writer of drafts, not by people.
   */
  SUPERSEDE
}
