package io.overread.dicom.net;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The connections of an acceptor, oldest first. Where there are too many, the oldest that has no
 * association makes room for the newcomer: a peer that means it needs a moment, a frozen one never
 * comes to an end.
 */
final class OpenConnections {
  private final int maximum;
  private final Set<ServedAssociation> connections = new LinkedHashSet<>();

  OpenConnections(int maximum) {
    this.maximum = maximum;
  }

  /** Adds one; false when none of the others can make room. */
  synchronized boolean add(ServedAssociation newcomer) {
    if (connections.size() >= maximum && !makeRoom()) {
      return false;
    }
    return connections.add(newcomer);
  }

  synchronized void remove(ServedAssociation connection) {
    connections.remove(connection);
  }

  synchronized List<ServedAssociation> all() {
    return List.copyOf(connections);
  }

  private boolean makeRoom() {
    for (Iterator<ServedAssociation> next = connections.iterator(); next.hasNext(); ) {
      if (next.next().giveWay()) {
        next.remove();
        return true;
      }
    }
    return false;
  }
}
