package io.overread.dicom.net;

import io.overread.dicom.net.association.UpperLayer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Listens for associations and serves Verification and Storage as SCP, each association on a
 * virtual thread of its own.
 */
public final class AssociationAcceptor implements AutoCloseable {
  /** Connections beyond the associations: those not yet, not any more, or never associated. */
  private static final int CONNECTIONS_WITHOUT_ASSOCIATION = 64;

  private static final int BACKLOG = 128;
  private static final Duration AFTER_FAILED_ACCEPT = Duration.ofMillis(200);
  private static final Duration AFTER_ABORT = Duration.ofSeconds(1);

  private final AcceptorSettings settings;
  private final AcceptorServices services;
  private final ServerSocket listener;
  private final Semaphore connections;
  private final Set<ServedAssociation> served = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(
          Thread.ofVirtual().name("dicom-association-", 1).factory());

  private AssociationAcceptor(
      AcceptorSettings settings, AcceptorServices services, ServerSocket listener) {
    this.settings = settings;
    this.services = services;
    this.listener = listener;
    this.connections =
        new Semaphore(settings.maximumAssociations() + CONNECTIONS_WITHOUT_ASSOCIATION);
  }

  /**
   * Starts to listen.
   *
   * @throws IOException when the address cannot be bound
   */
  public static AssociationAcceptor open(
      AcceptorSettings settings,
      AssociationPolicy policy,
      StoreHandler handler,
      AssociationListener events)
      throws IOException {
    return open(settings, policy, handler, events, List.of());
  }

  /**
   * Starts to listen.
   *
   * @param served what is served beside Verification and Storage
   * @throws IOException when the address cannot be bound
   */
  public static AssociationAcceptor open(
      AcceptorSettings settings,
      AssociationPolicy policy,
      StoreHandler handler,
      AssociationListener events,
      List<DimseService> served)
      throws IOException {
    ServiceRegistry registry = new ServiceRegistry(served);
    ServerSocket listener = new ServerSocket();
    try {
      listener.setReuseAddress(true);
      listener.bind(settings.bindAddress(), BACKLOG);
    } catch (IOException e) {
      listener.close();
      throw e;
    }
    AcceptorServices services =
        new AcceptorServices(
            policy,
            handler,
            events,
            new ContextNegotiation(settings.contexts(), registry),
            new Semaphore(settings.maximumAssociations()),
            settings.maximumPduLength());
    AssociationAcceptor acceptor = new AssociationAcceptor(settings, services, listener);
    Thread.ofVirtual().name("dicom-acceptor").start(acceptor::acceptAll);
    return acceptor;
  }

  /** The port that it listens on. */
  public int port() {
    return listener.getLocalPort();
  }

  /**
   * Stops listening, lets running associations end for the time of {@link
   * AcceptorTimeouts#close()}, then aborts those that remain.
   */
  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdown();
    served.forEach(ServedAssociation::closeUnlessAssociated);
    if (!await(settings.timeouts().close())) {
      served.forEach(association -> association.abort("the acceptor shuts down"));
      if (!await(AFTER_ABORT)) {
        served.forEach(ServedAssociation::close);
        threads.shutdownNow(); // For handlers that wait for something other than the peer.
      }
    }
  }

  private boolean await(Duration time) {
    try {
      return threads.awaitTermination(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void acceptAll() {
    for (long number = 1; !listener.isClosed(); number++) {
      try {
        take(listener.accept(), number);
      } catch (IOException e) {
        // Such as too many open files: the next may do better, the listener must go on.
        pauseUnlessClosed();
      }
    }
  }

  private void take(Socket socket, long number) throws IOException {
    if (!connections.tryAcquire()) {
      InetSocketAddress remoteAddress = (InetSocketAddress) socket.getRemoteSocketAddress();
      socket.close();
      services.tell(
          new AssociationEvent.ConnectionDropped(remoteAddress, "too many connections at once"));
      return;
    }
    UpperLayer layer;
    try {
      layer = UpperLayer.accept(socket, settings.maximumPduLength(), timeouts());
    } catch (IOException e) {
      socket.close();
      connections.release();
      throw e;
    }
    try {
      ServedAssociation association = new ServedAssociation(layer, number, services);
      threads.execute(() -> run(association));
    } catch (RejectedExecutionException e) {
      layer.close(); // It came while the acceptor closed.
      connections.release();
    }
  }

  private void run(ServedAssociation association) {
    served.add(association);
    try {
      association.run();
    } finally {
      served.remove(association);
      connections.release();
    }
  }

  private UpperLayer.Timeouts timeouts() {
    AcceptorTimeouts timeouts = settings.timeouts();
    return new UpperLayer.Timeouts(timeouts.artim(), timeouts.idle(), timeouts.send());
  }

  private void pauseUnlessClosed() {
    if (listener.isClosed()) {
      return;
    }
    try {
      Thread.sleep(AFTER_FAILED_ACCEPT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
