package io.overread.gateway.commitment;

/**
 * Is told what became of requests to peers.
 *
 * <p>Called inside the transaction that enters the outcome: what it writes through Spring's
 * transaction is committed with it or not at all. It is told of every request, its own or not.
 */
@FunctionalInterface
public interface CommitmentListener {

  /** Takes an outcome; there is one for each request. */
  void settled(CommitmentOutcome outcome);
}
