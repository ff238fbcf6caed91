package io.overread.gateway.instance;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spares the database the question whether a SOP Instance UID has a row, which is no for nearly all
 * that comes. It knows every row that was there at its beginning, once it has read them, and every
 * one that was to be written since: rows are written by {@link Settling} alone, and the data folder
 * belongs to one process. Until all are read it says that any may have one.
 */
final class KnownUids {

  private static final Logger LOG = LoggerFactory.getLogger(KnownUids.class);
  private static final int PAGE = 10_000;

  private final UidFilter filter = new UidFilter();
  private final StoredInstances instances;
  private volatile boolean complete;

  /** Begins to read the rows that there are. */
  KnownUids(StoredInstances instances) {
    this.instances = instances;
    Thread.ofVirtual().name("known-uids").start(this::read);
  }

  /** A row of it is about to be written, or may be. */
  void add(String sopInstanceUid) {
    filter.add(sopInstanceUid);
  }

  /** False only where there is no row, and none is about to be written. */
  boolean mayHaveRow(String sopInstanceUid) {
    return !complete || filter.mayHold(sopInstanceUid);
  }

  private void read() {
    try {
      String last = "";
      while (true) {
        List<String> page = instances.uidsAfter(last, PAGE);
        page.forEach(filter::add);
        if (page.size() < PAGE) {
          complete = true;
          return;
        }
        last = page.getLast();
      }
    } catch (RuntimeException e) {
      LOG.warn("The SOP Instance UIDs can't be read: the database is asked about each", e);
    }
  }
}
