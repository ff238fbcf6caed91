package io.overread.dicom.net;

import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** An acceptor with which damaged conversations are held, and what became of it. */
public final class HostileAcceptor implements AutoCloseable {
  private static final int MAXIMUM_ASSOCIATIONS = 4;

  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger dropped = new AtomicInteger();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final Thread.UncaughtExceptionHandler before =
      Thread.getDefaultUncaughtExceptionHandler();
  private final AssociationAcceptor acceptor;

  /** Listens; until it is closed, it also notes what no thread of the process caught. */
  public HostileAcceptor() throws IOException {
    Thread.setDefaultUncaughtExceptionHandler((_, failure) -> failures.add(failure));
    StoreHandler handler =
        (_, dataSet) -> {
          dataSet.readAllBytes();
          return StoreResponse.SUCCESS;
        };
    acceptor =
        AssociationAcceptor.open(
            Acceptors.settings(MAXIMUM_ASSOCIATIONS, Acceptors.TIMEOUTS),
            _ -> AssociationDecision.accept(),
            handler,
            this::note);
  }

  private void note(AssociationEvent event) {
    switch (event) {
      case AssociationEvent.Accepted _ -> accepted.incrementAndGet();
      case AssociationEvent.ConnectionDropped _ -> dropped.incrementAndGet();
      case AssociationEvent.HandlerFailed failed -> failures.add(failed.failure());
      default -> {
        // Expected of hostile peers.
      }
    }
  }

  /** Holds a conversation; true if an association came of it. */
  public boolean holds(byte[] conversation) throws IOException {
    int already = accepted.get();
    Conversation.hold(acceptor.port(), conversation);
    return accepted.get() > already;
  }

  /** How many associations there were. */
  public int accepted() {
    return accepted.get();
  }

  /** How many connections ended before they became associations. */
  public int dropped() {
    return dropped.get();
  }

  /**
   * What went wrong on our side. Before that as many good peers as there may be are served: all
   * others have given back what they held, or these could not be.
   */
  public List<Throwable> failures() {
    for (int i = 0; i < MAXIMUM_ASSOCIATIONS; i++) {
      Conversation.awaitEcho(acceptor.port());
    }
    return List.copyOf(failures);
  }

  @Override
  public void close() {
    acceptor.close();
    Thread.setDefaultUncaughtExceptionHandler(before);
  }
}
