package io.overread.dicom.net;

import io.overread.dicom.net.association.Connection;
import io.overread.dicom.net.association.UpperLayer;
import io.overread.dicom.net.association.UpperLayerTimeouts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

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
  private final List<ServerSocket> listeners;
  private final OpenConnections connections;
  private final AtomicLong numbers = new AtomicLong();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(
          Thread.ofVirtual().name("dicom-association-", 1).factory());

  private AssociationAcceptor(
      AcceptorSettings settings, AcceptorServices services, List<ServerSocket> listeners) {
    this.settings = settings;
    this.services = services;
    this.listeners = listeners;
    AssociationLimits limits = settings.limits();
    this.connections =
        new OpenConnections(limits.maximum() + limits.queue() + CONNECTIONS_WITHOUT_ASSOCIATION);
  }

  /**
   * Starts to listen.
   *
   * @throws IOException when an address cannot be bound
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
    AcceptorServices services =
        new AcceptorServices(
            policy,
            handler,
            events,
            new ContextNegotiation(settings.contexts(), new ServiceRegistry(served)),
            new AssociationSlots(settings.limits()),
            settings.pduLengths());
    List<ServerSocket> listeners = bind(settings.endpoints());
    AssociationAcceptor acceptor = new AssociationAcceptor(settings, services, listeners);
    for (int i = 0; i < listeners.size(); i++) {
      ServerSocket listener = listeners.get(i);
      Endpoint endpoint = settings.endpoints().get(i);
      Thread.ofVirtual()
          .name("dicom-acceptor-" + listener.getLocalPort())
          .start(() -> acceptor.acceptAll(listener, endpoint));
    }
    return acceptor;
  }

  private static List<ServerSocket> bind(List<Endpoint> endpoints) throws IOException {
    List<ServerSocket> listeners = new ArrayList<>();
    try {
      for (Endpoint endpoint : endpoints) {
        ServerSocket listener = new ServerSocket();
        listeners.add(listener);
        listener.setReuseAddress(true);
        listener.bind(endpoint.address(), BACKLOG);
      }
      return List.copyOf(listeners);
    } catch (IOException e) {
      for (ServerSocket listener : listeners) {
        listener.close();
      }
      throw e;
    }
  }

  /** The port of the first endpoint. */
  public int port() {
    return ports().getFirst();
  }

  /** The ports that it listens on, one for each endpoint. */
  public List<Integer> ports() {
    return listeners.stream().map(ServerSocket::getLocalPort).toList();
  }

  /** How many associations there are now. */
  public AssociationLoad load() {
    return services.slots().load();
  }

  /**
   * Stops listening, lets running associations end for the time of {@link
   * AcceptorTimeouts#close()}, then aborts those that remain.
   */
  @Override
  public void close() {
    closeListeners();
    threads.shutdown();
    services.slots().close();
    connections.all().forEach(ServedAssociation::closeUnlessAssociated);
    if (!await(settings.timeouts().close())) {
      connections.all().forEach(association -> association.abort("the acceptor shuts down"));
      if (!await(AFTER_ABORT)) {
        connections.all().forEach(ServedAssociation::close);
        threads.shutdownNow(); // For handlers that wait for something other than the peer.
      }
    }
  }

  private void closeListeners() {
    for (ServerSocket listener : listeners) {
      try {
        listener.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
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

  private void acceptAll(ServerSocket listener, Endpoint endpoint) {
    while (!listener.isClosed()) {
      try {
        take(listener.accept(), endpoint);
      } catch (IOException e) {
        // Such as too many open files: the next may do better, the listener must go on.
        pauseUnlessClosed(listener);
      }
    }
  }

  /** Nothing here waits for the peer: whatever it is to say, TLS too, its own thread reads. */
  private void take(Socket socket, Endpoint endpoint) throws IOException {
    UpperLayer layer;
    try {
      Connection connection = new Connection(socket, endpoint.engine());
      layer = UpperLayer.accept(connection, settings.pduLengths().receive(), timeouts());
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    ServedAssociation association =
        new ServedAssociation(layer, numbers.incrementAndGet(), services);
    if (!connections.add(association)) {
      InetSocketAddress remoteAddress = layer.remoteAddress();
      layer.cutOff();
      services.tell(
          new AssociationEvent.ConnectionDropped(remoteAddress, "too many connections at once"));
      return;
    }
    try {
      threads.execute(() -> run(association));
    } catch (RejectedExecutionException e) {
      layer.cutOff(); // It came while the acceptor closed.
      connections.remove(association);
    }
  }

  private void run(ServedAssociation association) {
    try {
      association.run();
    } finally {
      connections.remove(association);
    }
  }

  private UpperLayerTimeouts timeouts() {
    AcceptorTimeouts timeouts = settings.timeouts();
    return new UpperLayerTimeouts(
        timeouts.artim(), timeouts.idle(), timeouts.dimse(), timeouts.send());
  }

  private void pauseUnlessClosed(ServerSocket listener) {
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
