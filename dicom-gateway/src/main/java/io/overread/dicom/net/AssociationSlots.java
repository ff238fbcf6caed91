package io.overread.dicom.net;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Room for associations, in all and for each peer, and the queue of those that wait for it. First
 * come, first served, save that a peer at its own limit holds up no other.
 */
public final class AssociationSlots {
  private final AssociationLimits limits;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Integer> takenByPeer = new HashMap<>();
  private final List<Waiter> queue = new ArrayList<>();
  private int taken;
  private boolean closed;

  private static final class Waiter {
    final PeerLimit peer;
    final Condition admission;
    boolean admitted;

    Waiter(PeerLimit peer, Condition admission) {
      this.peer = peer;
      this.admission = admission;
    }
  }

  /** Room for so many. */
  public AssociationSlots(AssociationLimits limits) {
    this.limits = limits;
  }

  /** Takes a slot, waiting for it as the limits say; false when there is none. */
  public boolean acquire(PeerLimit peer) {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      if (hasRoom(peer)) {
        take(peer);
        return true;
      }
      return mayWait(peer) && await(new Waiter(peer, lock.newCondition()));
    } finally {
      lock.unlock();
    }
  }

  /** Gives a slot back; the next in the queue takes it. */
  public void release(PeerLimit peer) {
    lock.lock();
    try {
      taken--;
      takenByPeer.computeIfPresent(peer.peer(), (_, count) -> count == 1 ? null : count - 1);
      for (Iterator<Waiter> next = queue.iterator(); next.hasNext(); ) {
        Waiter waiter = next.next();
        if (hasRoom(waiter.peer)) {
          next.remove();
          take(waiter.peer);
          waiter.admitted = true;
          waiter.admission.signal();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** How much of it is taken. */
  public AssociationLoad load() {
    lock.lock();
    try {
      return new AssociationLoad(taken, queue.size());
    } finally {
      lock.unlock();
    }
  }

  /** Turns away all that wait, and all that come. */
  public void close() {
    lock.lock();
    try {
      closed = true;
      queue.forEach(waiter -> waiter.admission.signal());
    } finally {
      lock.unlock();
    }
  }

  private boolean hasRoom(PeerLimit peer) {
    return taken < limits.maximum() && takenByPeer.getOrDefault(peer.peer(), 0) < peer.maximum();
  }

  private void take(PeerLimit peer) {
    taken++;
    takenByPeer.merge(peer.peer(), 1, Integer::sum);
  }

  /** While there is a place in the queue, of which one peer may not take more than half. */
  private boolean mayWait(PeerLimit peer) {
    long ofPeer = queue.stream().filter(other -> other.peer.peer().equals(peer.peer())).count();
    boolean toldApart = !peer.equals(PeerLimit.NONE);
    return queue.size() < limits.queue() && (!toldApart || 2 * ofPeer < limits.queue());
  }

  private boolean await(Waiter waiter) {
    queue.add(waiter);
    try {
      long left = limits.queueWait().toNanos();
      while (!waiter.admitted && !closed && left > 0) {
        left = waiter.admission.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    queue.remove(waiter);
    return waiter.admitted;
  }
}
