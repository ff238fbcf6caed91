package io.overread.gateway.instance;

/**
 * What arrived can't be kept at present: the disk is full or fails, or the fate of a transaction is
 * unknown. Retryable: the peer is told to come again (PS3.4 B.2.3, A700).
 */
class StorageFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StorageFailure(String message) {
    super(message);
  }

  StorageFailure(String message, Throwable cause) {
    super(message, cause);
  }

  /** A commit failed in a way that leaves open whether it took place. */
  static final class CommitUncertain extends StorageFailure {

    private static final long serialVersionUID = 1L;

    CommitUncertain(Throwable cause) {
      super("whether the transaction was committed is unknown", cause);
    }
  }
}
