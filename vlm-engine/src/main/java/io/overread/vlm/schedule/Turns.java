package io.overread.vlm.schedule;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One model's compute: one run of a graph at a time, since each run uses all the threads that the
 * model has. The most urgent is next, and among equals the one who came first. Whoever was passed
 * by often enough has a turn all the same: a stream of questions slows a draft but never stops it.
 */
public final class Turns {

  /** A run takes milliseconds; a draft that is passed by gets a sixteenth of the compute. */
  private static final int MOST_PASSED_BY = 16;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Urgency, Deque<Ticket>> waiting = new EnumMap<>(Urgency.class);
  private final int[] passedBy = new int[Urgency.values().length];
  private @Nullable Thread holder;
  private boolean taken;

  /** Nobody waits yet. */
  public Turns() {
    for (Urgency urgency : Urgency.values()) {
      waiting.put(urgency, new ArrayDeque<>());
    }
  }

  /** Does the work when this thread's turn comes; at once if it is this thread's already. */
  public <T> T run(Supplier<T> work) {
    if (mine()) {
      return work.get();
    }
    take(ticket());
    try {
      return work.get();
    } finally {
      release();
    }
  }

  /** A ticket of the urgency that this thread works with. */
  public Ticket ticket() {
    return new Ticket(Urgency.current(), lock.newCondition());
  }

  /**
   * Waits for a turn, or for someone who does the work in his own.
   *
   * @return true if the turn is this thread's, who must release it; false if the work is done
   */
  public boolean take(Ticket ticket) {
    lock.lock();
    try {
      if (ticket.state == State.DONE) {
        return false;
      }
      if (!taken) {
        taken = true;
        holder = Thread.currentThread();
        return true;
      }
      queue(ticket.urgency).add(ticket);
      while (ticket.state == State.WAITING) {
        ticket.changed.awaitUninterruptibly();
      }
      if (ticket.state == State.DONE) {
        return false;
      }
      holder = Thread.currentThread();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Ends this thread's turn; the next one's begins. */
  public void release() {
    lock.lock();
    try {
      Ticket next = next();
      holder = null;
      taken = next != null;
      if (next != null) {
        next.state = State.TURN;
        next.changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Tells those who wait that their work is done; called by whoever did it. */
  public void done(Collection<Ticket> tickets) {
    lock.lock();
    try {
      for (Ticket ticket : tickets) {
        queue(ticket.urgency).remove(ticket);
        ticket.state = State.DONE;
        ticket.changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** How many wait for their turn. */
  int waiting() {
    lock.lock();
    try {
      return waiting.values().stream().mapToInt(Deque::size).sum();
    } finally {
      lock.unlock();
    }
  }

  private boolean mine() {
    lock.lock();
    try {
      return holder == Thread.currentThread();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Ticket next() {
    Urgency chosen = null;
    for (Urgency urgency : Urgency.values()) {
      boolean due = passedBy[urgency.ordinal()] >= MOST_PASSED_BY;
      if (!queue(urgency).isEmpty() && (chosen == null || due)) {
        chosen = urgency;
        if (due) {
          break;
        }
      }
    }
    if (chosen == null) {
      return null;
    }
    for (Urgency urgency : Urgency.values()) {
      if (urgency != chosen && !queue(urgency).isEmpty()) {
        passedBy[urgency.ordinal()]++;
      }
    }
    passedBy[chosen.ordinal()] = 0;
    return queue(chosen).poll();
  }

  private Deque<Ticket> queue(Urgency urgency) {
    return java.util.Objects.requireNonNull(waiting.get(urgency));
  }

  private enum State {
    WAITING,
    TURN,
    DONE
  }

  /** One wait for a turn. */
  public static final class Ticket {
    private final Urgency urgency;
    private final Condition changed;
    private State state = State.WAITING;

    private Ticket(Urgency urgency, Condition changed) {
      this.urgency = urgency;
      this.changed = changed;
    }
  }
}
