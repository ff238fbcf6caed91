package io.overread.dicom.net;

import java.io.IOException;
import java.net.ServerSocket;

/**
 * Listens for associations and serves Verification and Storage as SCP, each association on a
 * virtual thread of its own.
 */
public final class AssociationAcceptor implements AutoCloseable {
  private final ServerSocket listener;

  private AssociationAcceptor(ServerSocket listener) {
    this.listener = listener;
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
    ServerSocket listener = new ServerSocket();
    listener.bind(settings.bindAddress());
    return new AssociationAcceptor(listener);
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
      throw new java.io.UncheckedIOException(e);
    }
  }
}
