package io.overread.gateway.association;

import io.overread.dicom.net.AcceptorSettings;
import io.overread.dicom.net.AssociationAcceptor;
import io.overread.dicom.net.AssociationListener;
import io.overread.dicom.net.AssociationPolicy;
import io.overread.dicom.net.ContextPolicy;
import io.overread.dicom.net.DimseService;
import io.overread.dicom.net.StoreHandler;
import io.overread.gateway.GatewayProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The Storage SCP of the gateway. It listens from the end of the start of the application to the
 * beginning of its end, so that whatever a peer sends finds all the rest at work.
 */
public final class StorageScp implements SmartLifecycle {

  /** Every storage SOP class and transfer syntax is taken as it comes, private ones too. */
  private static final ContextPolicy ANY_STORAGE = new ContextPolicy(true, true);

  private static final Logger LOG = LoggerFactory.getLogger(StorageScp.class);

  private final GatewayProperties properties;
  private final AssociationPolicy policy;
  private final StoreHandler handler;
  private final AssociationListener listener;
  private final List<DimseService> services;
  private @Nullable AssociationAcceptor acceptor;

  /**
   * An SCP that does not listen yet.
   *
   * @param services what is served beside Verification and Storage
   */
  public StorageScp(
      GatewayProperties properties,
      AssociationPolicy policy,
      StoreHandler handler,
      AssociationListener listener,
      List<DimseService> services) {
    this.properties = properties;
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
    if (acceptor != null) {
      return;
    }
    try {
      acceptor = AssociationAcceptor.open(settings(), policy, handler, listener, services);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "can't listen on " + properties.bind() + ":" + properties.dicomPort(), e);
    }
    LOG.info("DICOM: {} on {}:{}", properties.aeTitle(), properties.bind(), acceptor.port());
  }

  private AcceptorSettings settings() {
    AcceptorSettings defaults =
        AcceptorSettings.on(new InetSocketAddress(properties.bind(), properties.dicomPort()));
    return new AcceptorSettings(
        defaults.bindAddress(),
        properties.storage().maxAssociations(),
        defaults.maximumPduLength(),
        defaults.timeouts(),
        ANY_STORAGE);
  }

  /**
   * The port on which it listens.
   *
   * @throws IllegalStateException while it does not
   */
  public synchronized int port() {
    if (acceptor == null) {
      throw new IllegalStateException("the storage SCP does not listen");
    }
    return acceptor.port();
  }

  @Override
  public synchronized void stop() {
    if (acceptor != null) {
      acceptor.close();
      acceptor = null;
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return acceptor != null;
  }

  /** Last to start, first to stop. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
