package io.overread.vlm.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.IntConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * Makes the steps of a run, several at a time, and keeps what comes of each.
 *
 * @param workers steps at a time
 * @param write one answer as JSON
 * @param read the same answer again
 */
record Steps<T>(
    int workers, Checkpoint checkpoint, Function<T, JsonNode> write, Function<JsonNode, T> read) {

  private static final int MAX_WORKERS = 8;

  /** As many at a time as there are cores: small graphs gain little from a second thread. */
  static int workersHere() {
    return Math.min(MAX_WORKERS, Runtime.getRuntime().availableProcessors());
  }

  /**
   * What came of all steps, in their order; the first failure ends it.
   *
   * @param steps by a name of their own
   */
  List<T> all(SequencedMap<String, Callable<List<T>>> steps, Progress progress) {
    if (checkpoint.size() > 0) {
      progress.tell("going on after " + checkpoint.size() + " images");
    }
    long start = System.nanoTime();
    List<Callable<List<T>>> tasks = new ArrayList<>();
    steps.forEach((name, step) -> tasks.add(() -> made(name, step)));
    return besideOneAnother(
            workers,
            tasks,
            done -> progress.done(done, tasks.size(), (System.nanoTime() - start) / 1e9))
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  /**
   * Results in the order of the tasks; the first failure ends them.
   *
   * @param done told how many are there, in their order
   */
  static <R> List<R> besideOneAnother(int workers, List<Callable<R>> tasks, IntConsumer done) {
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    try {
      List<Future<R>> futures = new ArrayList<>();
      tasks.forEach(task -> futures.add(pool.submit(task)));
      List<R> results = new ArrayList<>();
      for (Future<R> future : futures) {
        results.add(future.get());
        done.accept(results.size());
      }
      return results;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException("an image can't be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while images were read");
    } finally {
      pool.shutdownNow();
      pool.close();
    }
  }

  private List<T> made(String name, Callable<List<T>> step) throws Exception {
    JsonNode before = checkpoint.of(name).orElse(null);
    if (before != null) {
      return before.valueStream().map(read).toList();
    }
    List<T> answers = step.call();
    ArrayNode kept = JsonMapper.shared().createArrayNode();
    answers.forEach(answer -> kept.add(write.apply(answer)));
    checkpoint.keep(name, kept);
    return answers;
  }
}
