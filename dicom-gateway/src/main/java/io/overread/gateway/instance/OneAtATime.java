package io.overread.gateway.instance;

import java.util.concurrent.locks.ReentrantLock;

/** Lets work on the same key wait for each other; on different keys it rarely does. */
final class OneAtATime {

  private static final int LOCKS = 256;

  /** Work that may fail. */
  @FunctionalInterface
  interface Work<T, E extends Exception> {
    T run() throws E;
  }

  private final ReentrantLock[] locks = new ReentrantLock[LOCKS];

  OneAtATime() {
    for (int i = 0; i < LOCKS; i++) {
      locks[i] = new ReentrantLock();
    }
  }

  <T, E extends Exception> T on(String key, Work<T, E> work) throws E {
    ReentrantLock lock = locks[Math.floorMod(key.hashCode(), LOCKS)];
    lock.lock();
    try {
      return work.run();
    } finally {
      lock.unlock();
    }
  }
}
