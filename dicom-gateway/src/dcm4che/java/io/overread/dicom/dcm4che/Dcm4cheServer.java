package io.overread.dicom.dcm4che;

import io.overread.dicom.net.AcceptorSettings;
import io.overread.dicom.net.AcceptorTimeouts;
import io.overread.dicom.net.AssociationLoad;
import io.overread.dicom.net.Endpoint;
import io.overread.dicom.toolkit.DicomServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.service.BasicCEchoSCP;
import org.dcm4che3.net.service.DicomServiceRegistry;

/** A dcm4che device that accepts associations for whatever AE title, as the policy decides. */
final class Dcm4cheServer implements DicomServer {
  private static final int BACKLOG = 128;
  private static final Duration AFTER_ABORT = Duration.ofSeconds(1);
  private static final String ANY_AE_TITLE = "*";

  private final Device device = new Device("overread");
  private final DeviceThreads threads = DeviceThreads.of(device);
  private final Acceptance acceptance;
  private final Duration closing;

  private Dcm4cheServer(Acceptance acceptance, Duration closing) {
    this.acceptance = acceptance;
    this.closing = closing;
    DicomServiceRegistry services = new DicomServiceRegistry();
    services.addDicomService(new BasicCEchoSCP());
    services.addDicomService(new StoringService(acceptance));
    device.setDimseRQHandler(services);
    device.setAssociationHandler(acceptance);
  }

  static Dcm4cheServer open(AcceptorSettings settings, Acceptance acceptance) throws IOException {
    Dcm4cheServer server = new Dcm4cheServer(acceptance, settings.timeouts().close());
    boolean bound = false;
    try {
      server.bind(settings);
      bound = true;
      return server;
    } finally {
      if (!bound) {
        server.close();
      }
    }
  }

  private void bind(AcceptorSettings settings) throws IOException {
    ApplicationEntity entity = new ApplicationEntity(ANY_AE_TITLE);
    for (Endpoint endpoint : settings.endpoints()) {
      Connection connection = connection(endpoint.address(), settings);
      device.addConnection(connection);
      entity.addConnection(connection);
    }
    device.addApplicationEntity(entity);
    for (Connection connection : device.listConnections()) {
      try {
        connection.bind();
      } catch (GeneralSecurityException e) {
        throw new IOException(e);
      }
    }
  }

  private static Connection connection(InetSocketAddress address, AcceptorSettings settings)
      throws IOException {
    AcceptorTimeouts timeouts = settings.timeouts();
    Connection connection = new Connection(null, address.getHostString(), portOf(address));
    connection.setBacklog(BACKLOG);
    connection.setRequestTimeout((int) timeouts.artim().toMillis());
    connection.setIdleTimeout((int) timeouts.idle().toMillis());
    connection.setReceivePDULength(settings.pduLengths().receive());
    connection.setSendPDULength(settings.pduLengths().send());
    return connection;
  }

  /** dcm4che does not listen on port 0; another may take the free one before it does. */
  private static int portOf(InetSocketAddress address) throws IOException {
    if (address.getPort() != 0) {
      return address.getPort();
    }
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(address);
      return probe.getLocalPort();
    }
  }

  @Override
  public List<Integer> ports() {
    return device.listConnections().stream().map(Connection::getPort).toList();
  }

  @Override
  public AssociationLoad load() {
    return acceptance.load();
  }

  @Override
  public void close() {
    device.unbindConnections();
    acceptance.close();
    if (!acceptance.awaitNone(closing)) {
      acceptance.abortAll();
      acceptance.awaitNone(AFTER_ABORT);
    }
    threads.close();
  }
}
