package io.overread.gateway.delivery;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.net.AcceptorSettings;
import io.overread.dicom.net.AcceptorTimeouts;
import io.overread.dicom.net.AssociationAcceptor;
import io.overread.dicom.net.AssociationDecision;
import io.overread.dicom.net.AssociationRejection;
import io.overread.dicom.net.ContextPolicy;
import io.overread.dicom.net.DimseRequest;
import io.overread.dicom.net.DimseResponder;
import io.overread.dicom.net.DimseResponse;
import io.overread.dicom.net.DimseService;
import io.overread.dicom.net.DimseStatus;
import io.overread.dicom.net.StoreResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** An archive that answers as a test tells it: no real one refuses when asked to. */
final class TestArchive implements AutoCloseable {

  /** What the next C-STOREs are answered; success when there is nothing left. */
  final Queue<DimseStatus> answers = new ConcurrentLinkedQueue<>();

  /** How the next associations are refused; accepted when there is nothing left. */
  final Queue<AssociationRejection> rejections = new ConcurrentLinkedQueue<>();

  final Set<String> held = ConcurrentHashMap.newKeySet();
  final AtomicInteger stores = new AtomicInteger();
  final AtomicInteger finds = new AtomicInteger();
  volatile boolean findsNothing;

  private final AssociationAcceptor acceptor;

  TestArchive() throws IOException {
    Duration time = Duration.ofSeconds(20);
    this.acceptor =
        AssociationAcceptor.open(
            new AcceptorSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                16,
                16_384,
                new AcceptorTimeouts(time, time, time, Duration.ofSeconds(1)),
                ContextPolicy.STANDARD),
            requested -> {
              AssociationRejection rejection = rejections.poll();
              return rejection == null
                  ? AssociationDecision.accept()
                  : AssociationDecision.reject(rejection);
            },
            (request, dataSet) -> {
              dataSet.readAllBytes();
              stores.incrementAndGet();
              DimseStatus answer = answers.poll();
              if (answer != null) {
                return StoreResponse.of(answer, "as the test says");
              }
              held.add(request.sopInstanceUid());
              return StoreResponse.SUCCESS;
            },
            event -> {},
            List.of(new Find()));
  }

  int port() {
    return acceptor.port();
  }

  /** C-FIND over what is held. */
  private final class Find implements DimseService {

    @Override
    public Set<String> sopClassUids() {
      return Set.of(Uid.StudyRootQueryRetrieveInformationModelFind);
    }

    @Override
    public void serve(DimseRequest request, DimseResponder responder) throws IOException {
      finds.incrementAndGet();
      String asked = request.readDataSet().string(Tag.SOPInstanceUID).orElse("");
      if (held.contains(asked) && !findsNothing) {
        DataSet match = new DataSet().putString(Tag.SOPInstanceUID, asked);
        responder.pending(DimseResponse.of(DimseStatus.PENDING).withDataSet(match));
      }
      responder.respond(DimseResponse.of(DimseStatus.SUCCESS));
    }
  }

  @Override
  public void close() {
    acceptor.close();
  }
}
