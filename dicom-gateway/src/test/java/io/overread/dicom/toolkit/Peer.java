package io.overread.dicom.toolkit;

import static org.awaitility.Awaitility.await;

import io.overread.dicom.net.AcceptorSettings;
import io.overread.dicom.net.AcceptorTimeouts;
import io.overread.dicom.net.AssociationDecision;
import io.overread.dicom.net.AssociationEvent;
import io.overread.dicom.net.AssociationPolicy;
import io.overread.dicom.net.AssociationRequest;
import io.overread.dicom.net.ContextPolicy;
import io.overread.dicom.net.RemoteApplicationEntity;
import io.overread.dicom.net.RequestorSettings;
import io.overread.dicom.net.StoreHandler;
import io.overread.dicom.net.StoreResponse;
import io.overread.dicom.net.pdu.ProposedContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A server of a toolkit on the loopback interface that remembers what it was told. */
final class Peer implements AutoCloseable {
  private static final AcceptorTimeouts TIMEOUTS =
      new AcceptorTimeouts(
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(5));

  private final List<AssociationEvent> events = new CopyOnWriteArrayList<>();
  private final Map<String, byte[]> stored = new ConcurrentHashMap<>();
  private final DicomServer server;

  private Peer(
      DicomToolkit toolkit, int maximum, AssociationPolicy policy, @Nullable StoreHandler handler)
      throws IOException {
    AcceptorSettings settings =
        new AcceptorSettings(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            maximum,
            16_384,
            TIMEOUTS,
            ContextPolicy.STANDARD);
    Map<String, byte[]> kept = stored;
    StoreHandler keeping =
        (request, dataSet) -> {
          kept.put(
              request.sopInstanceUid() + " " + request.transferSyntaxUid(), dataSet.readAllBytes());
          return StoreResponse.SUCCESS;
        };
    this.server =
        toolkit.listen(
            settings, policy, handler == null ? keeping : handler, events::add, List.of());
  }

  /** Keeps what it gets. */
  static Peer storing(DicomToolkit toolkit) throws IOException {
    return open(toolkit, 8, _ -> AssociationDecision.accept());
  }

  /** Keeps what it gets from whom the policy accepts. */
  static Peer open(DicomToolkit toolkit, int maximum, AssociationPolicy policy) throws IOException {
    return new Peer(toolkit, maximum, policy, null);
  }

  /** Answers as the handler does. */
  static Peer answering(DicomToolkit toolkit, StoreHandler handler) throws IOException {
    return new Peer(toolkit, 8, _ -> AssociationDecision.accept(), handler);
  }

  DicomServer server() {
    return server;
  }

  RemoteApplicationEntity remote() {
    return new RemoteApplicationEntity(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), "OVERREAD");
  }

  AssociationRequest request(String sopClassUid, String transferSyntaxUid) {
    ProposedContext context = new ProposedContext(1, sopClassUid, List.of(transferSyntaxUid));
    return new AssociationRequest(
        remote(), "REQUESTOR", List.of(context), null, RequestorSettings.DEFAULT);
  }

  /** What came last under that instance and transfer syntax; it is forgotten. */
  byte @Nullable [] stored(String key) {
    return stored.remove(key);
  }

  <E extends AssociationEvent> E awaitOne(Class<E> type) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> events.stream().filter(type::isInstance).map(type::cast).toList(),
            found -> !found.isEmpty())
        .getFirst();
  }

  @Override
  public void close() {
    server.close();
  }
}
