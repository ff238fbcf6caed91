package io.overread.gateway.association;

import io.overread.dicom.net.AcceptorSettings;
import io.overread.dicom.net.AssociationListener;
import io.overread.dicom.net.AssociationLoad;
import io.overread.dicom.net.AssociationPolicy;
import io.overread.dicom.net.DimseService;
import io.overread.dicom.net.Endpoint;
import io.overread.dicom.net.StoreHandler;
import io.overread.dicom.toolkit.DicomServer;
import io.overread.dicom.toolkit.DicomToolkit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The Storage SCP of the gateway. It listens from the end of the start of the application to the
 * beginning of its end, so that whatever a peer sends finds all the rest at work.
 */
public final class StorageScp implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(StorageScp.class);

  private final DicomToolkit toolkit;
  private final Listening listening;
  private final AssociationPolicy policy;
  private final StoreHandler handler;
  private final AssociationListener listener;
  private final List<DimseService> services;
  private @Nullable DicomServer server;

  /**
   * An SCP that does not listen yet.
   *
   * @param toolkit with which it listens
   * @param services what is served beside Verification and Storage
   */
  public StorageScp(
      DicomToolkit toolkit,
      Listening listening,
      AssociationPolicy policy,
      StoreHandler handler,
      AssociationListener listener,
      List<DimseService> services) {
    this.toolkit = toolkit;
    this.listening = listening;
    this.policy = policy;
    this.handler = handler;
    this.listener = listener;
    this.services = List.copyOf(services);
  }

  /**
   * Listens.
   *
   * @throws UncheckedIOException when the address can't be bound
   */
  @Override
  public synchronized void start() {
    if (server != null) {
      return;
    }
    AcceptorSettings settings = listening.settings();
    try {
      server = toolkit.listen(settings, policy, handler, listener, services);
    } catch (IOException e) {
      throw new UncheckedIOException("can't listen on " + addresses(settings), e);
    }
    for (ListeningState.Listener listener : state().listeners()) {
      LOG.info(
          "DICOM: {} on {}:{}{}",
          listening.gateway().aeTitle(),
          listener.address(),
          listener.port(),
          listener.tls() ? " over TLS" : "");
    }
  }

  private static String addresses(AcceptorSettings settings) {
    return settings.endpoints().stream()
        .map(endpoint -> endpoint.address().getHostString() + ":" + endpoint.address().getPort())
        .collect(Collectors.joining(" or "));
  }

  /**
   * The port on which it listens; the plain one, unless there is only that over TLS.
   *
   * @throws IllegalStateException while it does not
   */
  public synchronized int port() {
    return open().port();
  }

  /**
   * The port on which it listens over TLS.
   *
   * @throws IllegalStateException while it does not
   */
  public synchronized int tlsPort() {
    if (listening.tls() == null) {
      throw new IllegalStateException("the storage SCP does not listen over TLS");
    }
    return open().ports().getLast();
  }

  /** How it listens now. */
  public synchronized ListeningState state() {
    AcceptorSettings settings = listening.settings();
    List<ListeningState.Listener> listeners = new ArrayList<>();
    AssociationLoad load = new AssociationLoad(0, 0);
    if (server != null) {
      load = server.load();
      for (int i = 0; i < settings.endpoints().size(); i++) {
        Endpoint endpoint = settings.endpoints().get(i);
        listeners.add(
            new ListeningState.Listener(
                endpoint.address().getHostString(), server.ports().get(i), endpoint.tls() != null));
      }
    }
    return new ListeningState(
        listening.gateway().aeTitle(),
        listeners,
        load.associations(),
        settings.limits().maximum(),
        load.waiting(),
        listening.tls() == null ? null : ListeningState.Certificate.of(listening.tls().status()));
  }

  private DicomServer open() {
    if (server == null) {
      throw new IllegalStateException("the storage SCP does not listen");
    }
    return server;
  }

  @Override
  public synchronized void stop() {
    if (server != null) {
      server.close();
      server = null;
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return server != null;
  }

  /** Last to start, first to stop. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
