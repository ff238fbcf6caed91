package io.overread.gateway.instance;

import io.overread.gateway.study.StudyChanges;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * Writes the rows and audit entries of instances that are durable, many in one transaction, so that
 * associations share its round trips and its fsync. What the database doesn't take is tried again
 * until it does; a new start begins with what is left (see {@link Replay}).
 */
public final class Settling implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Settling.class);
  private static final int LARGEST_BATCH = 256;
  private static final Duration IDLE = Duration.ofSeconds(5);
  private static final Duration GATHERING = Duration.ofMillis(200);
  private static final Duration FIRST_RETRY = Duration.ofMillis(500);
  private static final Duration LAST_RETRY = Duration.ofSeconds(30);

  private final StoreSpace space;
  private final StoredInstances instances;
  private final InstanceRegister register;
  private final StudyChanges changes;
  private final Acknowledgement acknowledgement;

  /** An empty one wakes the thread up. */
  private final LinkedBlockingQueue<Optional<Pending>> queue = new LinkedBlockingQueue<>();

  private final Map<String, Pending> waiting = new ConcurrentHashMap<>();
  private final AtomicLong waitingBytes = new AtomicLong();
  private final AtomicInteger urgent = new AtomicInteger();
  private final List<Pending> again = new ArrayList<>();
  private final KnownUids known;
  private final Thread thread;
  private volatile boolean failing;
  private volatile boolean closing;
  private Duration retry = FIRST_RETRY;
  private long retryAt;

  /** Begins to settle what comes. */
  public Settling(
      StoreSpace space,
      StoredInstances instances,
      InstanceRegister register,
      StudyChanges changes,
      Acknowledgement acknowledgement) {
    this.space = space;
    this.instances = instances;
    this.register = register;
    this.changes = changes;
    this.acknowledgement = acknowledgement;
    this.known = new KnownUids(instances);
    this.thread = Thread.ofVirtual().name("instance-settling").start(this::run);
  }

  /**
   * Takes an instance whose bytes are durable and whose SOP Instance UID is unknown; comes back
   * when it may be acknowledged.
   *
   * @throws RuntimeException where that needs the commit, and it failed; the caller takes the bytes
   *     back, or leaves them open where it is uncertain
   */
  void take(Pending pending) {
    known.add(pending.sopInstanceUid());
    waitingBytes.addAndGet(pending.bytes());
    waiting.put(pending.sopInstanceUid(), pending);
    queue.add(Optional.of(pending));
    if (acknowledgement == Acknowledgement.COMMITTED) {
      try {
        pending.entered().join();
      } catch (CompletionException e) {
        throw e.getCause() instanceof RuntimeException failure ? failure : e;
      }
    }
  }

  /**
   * The instance of that UID. One that was acknowledged has its row by then, or it takes too long,
   * which is a {@link StorageFailure}.
   */
  Optional<StoredInstance> known(String sopInstanceUid) {
    if (!known.mayHaveRow(sopInstanceUid)) {
      return Optional.empty();
    }
    awaitSettled(sopInstanceUid);
    return instances.find(sopInstanceUid);
  }

  private void awaitSettled(String sopInstanceUid) {
    Pending pending = waiting.get(sopInstanceUid);
    if (pending != null) {
      await(pending.entered(), Duration.ofSeconds(10));
      if (waiting.containsKey(sopInstanceUid)) {
        throw new StorageFailure("the same instance waits for the database");
      }
    }
  }

  /**
   * Waits until all that was acknowledged before has its rows, so that whoever looks for them finds
   * them.
   *
   * @return false when that took longer than the time given
   */
  public boolean awaitAll(Duration atMost) {
    return await(
        CompletableFuture.allOf(
            waiting.values().stream().map(Pending::entered).toArray(CompletableFuture[]::new)),
        atMost);
  }

  private boolean await(CompletableFuture<Void> entered, Duration atMost) {
    urgent.incrementAndGet();
    try {
      queue.add(Optional.empty());
      return entered
          .handle((nothing, failure) -> true)
          .completeOnTimeout(false, atMost.toMillis(), TimeUnit.MILLISECONDS)
          .join();
    } finally {
      urgent.decrementAndGet();
    }
  }

  /** What waits at present. */
  public Backlog backlog() {
    return new Backlog(waiting.size(), waitingBytes.get(), failing);
  }

  private void run() {
    while (!closing || !queue.isEmpty()) {
      try {
        settle(next());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException | Error e) {
        LOG.error("Settling what was received failed", e);
      }
    }
  }

  /** What there is to enter, after a time without anything perhaps nothing. */
  private List<Pending> next() throws InterruptedException {
    List<Pending> batch = new ArrayList<>();
    if (!again.isEmpty() && System.nanoTime() - retryAt >= 0) {
      batch.addAll(again);
      again.clear();
    } else {
      Optional<Pending> first =
          queue.poll(again.isEmpty() ? IDLE.toMillis() : 50, TimeUnit.MILLISECONDS);
      if (first == null) {
        retireIf(again.isEmpty() && space.retirement().hasAny());
      } else {
        first.ifPresent(batch::add);
        gather(batch);
      }
    }
    return batch;
  }

  /** Adds what comes within a moment, for one commit costs the disk as much as one instance. */
  private void gather(List<Pending> batch) throws InterruptedException {
    long until = System.nanoTime() + GATHERING.toNanos();
    while (batch.size() < LARGEST_BATCH) {
      Optional<Pending> next =
          isUrgent() ? queue.poll() : queue.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (next == null) {
        return;
      }
      next.ifPresent(batch::add);
    }
  }

  private boolean isUrgent() {
    return closing || urgent.get() > 0 || acknowledgement == Acknowledgement.COMMITTED;
  }

  private void settle(List<Pending> batch) {
    if (batch.isEmpty()) {
      return;
    }
    try {
      enter(batch);
    } catch (RuntimeException e) {
      settleOneByOne(batch, e);
    }
    retireIf(space.retirement().hasMany());
  }

  private void enter(List<Pending> batch) {
    batch.forEach(pending -> space.place(pending.held(), pending.place()));
    register.enter(batch);
    failing = false;
    retry = FIRST_RETRY;
    entered(batch);
  }

  private void entered(List<Pending> batch) {
    batch.forEach(pending -> space.settled(pending.held(), pending.place()));
    if (acknowledgement == Acknowledgement.COMMITTED) {
      space.retirement().flush();
    }
    Set<String> studies = new LinkedHashSet<>();
    batch.forEach(pending -> studies.add(pending.instance().studyInstanceUid()));
    studies.forEach(changes::publish);
    batch.forEach(pending -> done(pending, null));
  }

  private void done(Pending pending, @Nullable RuntimeException failure) {
    waitingBytes.addAndGet(-pending.bytes());
    waiting.remove(pending.sopInstanceUid(), pending);
    if (failure == null) {
      pending.entered().complete(null);
    } else {
      pending.entered().completeExceptionally(failure);
    }
  }

  /** So that one instance that can't be entered doesn't keep the others out. */
  private void settleOneByOne(List<Pending> batch, RuntimeException failure) {
    for (Pending pending : batch) {
      try {
        if (batch.size() == 1 && acknowledgement == Acknowledgement.COMMITTED) {
          throw failure;
        }
        enterUnlessKnown(pending);
      } catch (RuntimeException e) {
        failed(pending, e);
      }
    }
  }

  /** A commit of which only the answer was lost took place. */
  private void enterUnlessKnown(Pending pending) {
    Optional<StoredInstance> known = instances.find(pending.sopInstanceUid());
    if (known.isEmpty()) {
      enter(List.of(pending));
    } else if (known.get().file().fileDigest().equals(pending.instance().file().fileDigest())) {
      entered(List.of(pending));
    } else {
      throw new IllegalStateException("another object has taken the SOP Instance UID");
    }
  }

  private void failed(Pending pending, RuntimeException failure) {
    if (acknowledgement == Acknowledgement.COMMITTED) {
      done(pending, failure);
      return;
    }
    LOG.warn("The row of an acknowledged instance can't be written yet", failure);
    // What the database will never take is no reason to refuse what it would.
    if (!(failure instanceof DataIntegrityViolationException
        || failure instanceof IllegalStateException)) {
      failing = true;
    }
    if (again.isEmpty()) {
      retryAt = System.nanoTime() + retry.toNanos();
      retry = retry.multipliedBy(2).compareTo(LAST_RETRY) < 0 ? retry.multipliedBy(2) : LAST_RETRY;
    }
    again.add(pending);
  }

  private void retireIf(boolean now) {
    if (now) {
      Thread.ofVirtual().name("instance-retirement").start(space.retirement()::flush);
    }
  }

  /** Ends when all that came has been tried; what failed waits for the next start. */
  @Override
  public void close() {
    closing = true;
    queue.add(Optional.empty());
    try {
      thread.join(Duration.ofSeconds(20));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
