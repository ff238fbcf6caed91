package io.overread.vlm.onnx;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs native start-up code on a thread with room: ONNX Runtime 1.29 matches regular expressions by
 * recursion while it looks for devices, and overruns the stack of a Java thread (1 MiB) without a
 * trace. Nor may it run on the carrier of a virtual thread.
 */
final class DeepStack {

  private static final long BYTES = 32L << 20;

  private DeepStack() {}

  static <T> T call(Callable<T> start) throws ExecutionException {
    FutureTask<T> task = new FutureTask<>(start);
    Thread thread = new Thread(null, task, "onnx-start", BYTES);
    thread.setDaemon(true);
    thread.start();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          // Native start-up cannot be broken off half way.
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
