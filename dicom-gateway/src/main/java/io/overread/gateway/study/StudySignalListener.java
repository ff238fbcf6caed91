package io.overread.gateway.study;

/**
 * Is told what other systems say of a study's completeness.
 *
 * <p>Called inside the transaction that enters the signal into the audit trail, before the sender
 * is answered: what it writes through Spring's transaction is committed with the entry or not at
 * all, and what it throws is answered as a processing failure. The study need not be known yet.
 */
@FunctionalInterface
public interface StudySignalListener {

  /** Takes a signal. The same signal may come again. */
  void on(StudySignal signal);
}
