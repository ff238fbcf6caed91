package io.overread.vlm.remote;

/**
 * How many requests may be sent again: ten answers earn one, and no more than ten are kept. An
 * engine that answers nothing at all is thus not sent every request three times.
 */
final class RetryBudget {

  private static final int MOST = 100;
  private static final int PRICE = 10;

  private int tenths = MOST;

  /** A request was answered. */
  synchronized void earn() {
    tenths = Math.min(MOST, tenths + 1);
  }

  /** Whether one more may be sent again, which is then spent. */
  synchronized boolean spend() {
    if (tenths < PRICE) {
      return false;
    }
    tenths -= PRICE;
    return true;
  }
}
