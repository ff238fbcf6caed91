package io.overread.dicom.net;

import io.overread.dicom.net.pdu.ProposedContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** Acceptors and requestors on the loopback interface, with times short enough for tests. */
final class Acceptors {
  static final AcceptorTimeouts TIMEOUTS =
      new AcceptorTimeouts(
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(1));

  private Acceptors() {}

  static AcceptorSettings settings(int maximumAssociations, AcceptorTimeouts timeouts) {
    return new AcceptorSettings(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        maximumAssociations,
        16_384,
        timeouts,
        ContextPolicy.STANDARD);
  }

  static AssociationAcceptor open(StoreHandler handler, Events events) throws IOException {
    return open(settings(64, TIMEOUTS), handler, events);
  }

  static AssociationAcceptor open(AcceptorSettings settings, StoreHandler handler, Events events)
      throws IOException {
    return AssociationAcceptor.open(settings, _ -> AssociationDecision.accept(), handler, events);
  }

  static AssociationRequest request(int port, ProposedContext... contexts) {
    return new AssociationRequest(
        remote(port), "REQUESTOR", List.of(contexts), null, RequestorSettings.DEFAULT);
  }

  static RemoteApplicationEntity remote(int port) {
    return new RemoteApplicationEntity(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), "OVERREAD");
  }
}
