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
import io.overread.dicom.net.EventReport;
import io.overread.dicom.net.StoreResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

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

  /** The Failure Reasons of the next commitments; it commits when there is nothing left. */
  final Queue<Integer> failures = new ConcurrentLinkedQueue<>();

  /** The requests for commitment that it took and has not reported on. */
  final BlockingQueue<DataSet> silent = new LinkedBlockingQueue<>();

  volatile boolean reports = true;

  private final AssociationAcceptor acceptor;

  TestArchive() throws IOException {
    this(false);
  }

  /** One that commits to what it holds, or doesn't know Storage Commitment. */
  TestArchive(boolean commits) throws IOException {
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
            commits ? List.of(new Find(), new Commit()) : List.of(new Find()));
  }

  int port() {
    return acceptor.port();
  }

  /** Storage Commitment, with the report on the same association. */
  private final class Commit implements DimseService {

    @Override
    public Set<String> sopClassUids() {
      return Set.of(Uid.StorageCommitmentPushModel);
    }

    @Override
    public void serve(DimseRequest request, DimseResponder responder) throws IOException {
      DataSet asked = request.readDataSet();
      responder.respond(DimseResponse.of(DimseStatus.SUCCESS));
      if (!reports) {
        silent.add(asked);
        return;
      }
      EventReport report = report(asked, failures.poll());
      responder.report(report.sopInstanceUid(), report.eventTypeId(), report.dataSet());
    }
  }

  /** The report on a request of one reference. */
  static EventReport report(DataSet asked, @Nullable Integer failure) {
    DataSet item = asked.items(Tag.ReferencedSOPSequence).getFirst();
    DataSet reference = new DataSet();
    for (int tag : List.of(Tag.ReferencedSOPClassUID, Tag.ReferencedSOPInstanceUID)) {
      reference.putString(tag, item.string(tag).orElseThrow());
    }
    DataSet information =
        new DataSet().putString(Tag.TransactionUID, asked.string(Tag.TransactionUID).orElseThrow());
    if (failure != null) {
      reference.putInteger(Tag.FailureReason, failure);
    }
    information.putItems(
        failure == null ? Tag.ReferencedSOPSequence : Tag.FailedSOPSequence, reference);
    return new EventReport(
        Uid.StorageCommitmentPushModel,
        Uid.StorageCommitmentPushModelInstance,
        failure == null ? 1 : 2,
        information);
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
