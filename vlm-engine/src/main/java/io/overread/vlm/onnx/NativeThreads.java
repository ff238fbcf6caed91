package io.overread.vlm.onnx;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that enter ONNX Runtime for others.
 *
 * <p>A virtual thread that did so itself would hold its carrier for the whole run, and with it keep
 * associations and requests waiting that have nothing to do with the model.
 */
final class NativeThreads {

  /**
   * ONNX Runtime 1.29 matches regular expressions by recursion while it looks for devices, and
   * overruns the 1 MiB stack of a Java thread; the process dies without a trace.
   */
  private static final long START_STACK_BYTES = 32L << 20;

  private static final int RUNNERS = Math.max(2, Runtime.getRuntime().availableProcessors());
  private static final ExecutorService POOL = pool();

  private NativeThreads() {}

  /** Start-up: on a thread of its own with a deep stack. */
  static <T> T start(Callable<T> work) throws ExecutionException {
    FutureTask<T> task = new FutureTask<>(() -> LastRuns.counted(work));
    Thread thread = new Thread(null, task, "onnx-start", START_STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    return finished(task);
  }

  /**
   * A run: on the calling thread if it is a platform thread, otherwise on one of a bounded pool.
   */
  static <T> T run(Callable<T> work) throws ExecutionException {
    if (Thread.currentThread().isVirtual()) {
      return finished(POOL.submit(() -> LastRuns.counted(work)));
    }
    try {
      return LastRuns.counted(work);
    } catch (Exception e) {
      throw new ExecutionException(e);
    }
  }

  /** Several runs one after the other: a virtual thread hands over once, not for each. */
  static void together(Runnable work) {
    try {
      run(Executors.callable(work));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e);
    }
  }

  /** Waits to the end even when interrupted: the caller frees what the run is still reading. */
  private static <T> T finished(Future<T> work) throws ExecutionException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return work.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static ExecutorService pool() {
    ThreadFactory threads = Thread.ofPlatform().daemon().name("onnx-run-", 0).factory();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            RUNNERS, RUNNERS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
