package io.overread.gateway.study;

/**
 * What follows when a study is complete. The service implements it and schedules the draft.
 *
 * <p>Called inside the transaction that closes the study: what it writes through Spring's
 * transaction is committed with the closing or not at all, and what it throws undoes the closing,
 * which is then tried again. It must not do slow work itself.
 */
@FunctionalInterface
public interface StudyCompletion {

  /** Makes the next step of the journey due, in the present transaction. */
  void studyCompleted(CompleteStudy study);
}
