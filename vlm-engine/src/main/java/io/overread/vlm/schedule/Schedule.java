package io.overread.vlm.schedule;

import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Admits work to one model: questions before drafts before what may wait, as many at a time as
 * there are places and memory. Drafts leave a quarter of both to questions, so that a question
 * never waits for a whole draft; what is admitted takes its {@link Turns} with the model's compute.
 */
public final class Schedule {

  private static final long LOOK_AROUND_MILLIS = 100;
  private static final long FIRST_GUESS_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ScheduleSettings settings;
  private final ScheduleListener listener;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final PriorityQueue<Place> queue =
      new PriorityQueue<>(Comparator.comparing(Place::urgency).thenComparing(Place::number));
  private final Map<Urgency, Integer> running = new EnumMap<>(Urgency.class);
  private long bytes;
  private long arrivals;
  private long usualNanos = FIRST_GUESS_NANOS;

  /** Admits nothing yet. */
  public Schedule(ScheduleSettings settings, ScheduleListener listener) {
    this.settings = settings;
    this.listener = listener;
  }

  /**
   * Does the work as soon as it is admitted, on the calling thread.
   *
   * @param bytes memory that it may take
   * @param calledOff looked at while it waits
   * @throws QueueFullException if as much waits as may, or a question waited as long as it may
   * @throws CancellationException if it was called off or interrupted while it waited
   */
  public <T> T run(Urgency urgency, long bytes, BooleanSupplier calledOff, Supplier<T> work) {
    long arrived = System.nanoTime();
    enter(urgency, bytes, calledOff, arrived);
    long admitted = System.nanoTime();
    try {
      listener.admitted(urgency, Duration.ofNanos(admitted - arrived));
      return urgency.during(work);
    } finally {
      leave(urgency, bytes, System.nanoTime() - admitted);
    }
  }

  /**
   * Refuses what would be refused at once.
   *
   * @throws QueueFullException if as much waits as may
   */
  public void requireRoom(Urgency urgency) {
    lock.lock();
    try {
      if (!queue.isEmpty() || !fits(urgency, 0)) {
        refuseIfFull(urgency);
      }
    } finally {
      lock.unlock();
    }
  }

  /** How many of this urgency wait. */
  public int waiting(Urgency urgency) {
    lock.lock();
    try {
      return (int) queue.stream().filter(place -> place.urgency == urgency).count();
    } finally {
      lock.unlock();
    }
  }

  /** How many of this urgency are under way. */
  public int running(Urgency urgency) {
    lock.lock();
    try {
      return running.getOrDefault(urgency, 0);
    } finally {
      lock.unlock();
    }
  }

  private void enter(Urgency urgency, long size, BooleanSupplier calledOff, long arrived) {
    lock.lock();
    Place place = new Place(urgency, arrivals++, size);
    try {
      if (!(nobodyBefore(place) && fits(urgency, size))) {
        refuseIfFull(urgency);
        queue.add(place);
        await(place, calledOff, arrived);
        queue.remove(place);
      }
      running.merge(urgency, 1, Integer::sum);
      bytes += size;
    } finally {
      if (queue.remove(place)) {
        changed.signalAll(); // it gave up, and may have been in someone's way
      }
      lock.unlock();
    }
  }

  private void await(Place place, BooleanSupplier calledOff, long arrived) {
    try {
      while (!(nobodyBefore(place) && fits(place.urgency, place.size))) {
        if (calledOff.getAsBoolean()) {
          throw new CancellationException("called off while it waited for the model");
        }
        if (place.urgency == Urgency.QUESTION
            && System.nanoTime() - arrived > settings.longestWait().toNanos()) {
          throw new QueueFullException("The model is busy with other questions.", retryAfter());
        }
        changed.await(LOOK_AROUND_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while it waited for the model");
    }
  }

  private void leave(Urgency urgency, long size, long tookNanos) {
    lock.lock();
    try {
      running.merge(urgency, -1, Integer::sum);
      bytes -= size;
      usualNanos += (tookNanos - usualNanos) / 8;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Someone before it who may not come in yet, for lack of share, is passed by. */
  private boolean nobodyBefore(Place place) {
    for (Place other : queue) {
      if (other != place && before(other, place) && fits(other.urgency, other.size)) {
        return false;
      }
    }
    return true;
  }

  private static boolean before(Place one, Place other) {
    int order = one.urgency.compareTo(other.urgency);
    return order < 0 || (order == 0 && one.number < other.number);
  }

  /** Work alone is always admitted: larger than the memory it would never be. */
  private boolean fits(Urgency urgency, long size) {
    int places = running.values().stream().mapToInt(Integer::intValue).sum();
    return places == 0
        || (places + 1 <= Math.max(1, urgency.share() * settings.atOnce())
            && bytes + size <= urgency.share() * settings.bytes());
  }

  private void refuseIfFull(Urgency urgency) {
    if (queue.stream().filter(place -> place.urgency == urgency).count() >= settings.waiting()) {
      throw new QueueFullException("The model has too much to do.", retryAfter());
    }
  }

  private Duration retryAfter() {
    long seconds =
        TimeUnit.NANOSECONDS.toSeconds(usualNanos * (queue.size() + 1) / settings.atOnce());
    return Duration.ofSeconds(Math.clamp(seconds, 1, 60));
  }

  /** Someone's place in the queue. */
  private record Place(Urgency urgency, long number, long size) {}
}
