package io.overread.dicom.net;

import static io.overread.dicom.net.RawPeer.CT;
import static io.overread.dicom.net.RawPeer.EXPLICIT;
import static io.overread.dicom.net.RawPeer.IMPLICIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.net.dimse.CommandField;
import io.overread.dicom.net.dimse.CommandSet;
import io.overread.dicom.net.pdu.AssociateAc;
import io.overread.dicom.net.pdu.PDataTf;
import io.overread.dicom.net.pdu.ProposedContext;
import io.overread.dicom.net.pdu.RoleSelection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Registered services of an acceptor, asked by our requestor over the loopback interface. */
class DimseServiceTest {
  private static final String FIND = Uid.StudyRootQueryRetrieveInformationModelFind;
  private static final String GET = Uid.StudyRootQueryRetrieveInformationModelGet;
  private static final String MOVE = Uid.StudyRootQueryRetrieveInformationModelMove;
  private static final String COMMITMENT = Uid.StorageCommitmentPushModel;
  private static final DataSet IDENTIFIER =
      new DataSet().putString(Tag.QueryRetrieveLevel, "STUDY");

  private final Events events = new Events();
  private @Nullable AssociationAcceptor acceptor;

  @FunctionalInterface
  private interface Answer {
    void to(DimseRequest request, DimseResponder responder) throws IOException;
  }

  private record Service(Answer answer) implements DimseService {
    @Override
    public Set<String> sopClassUids() {
      return Set.of(FIND, GET, MOVE, COMMITMENT);
    }

    @Override
    public boolean requestorMayBeScp(String sopClassUid) {
      return sopClassUid.equals(CT);
    }

    @Override
    public void serve(DimseRequest request, DimseResponder responder) throws IOException {
      answer.to(request, responder);
    }
  }

  @AfterEach
  void close() {
    if (acceptor != null) {
      acceptor.close();
    }
  }

  @Test
  void each_match_reaches_the_requestor_before_the_final_response() throws Exception {
    List<String> levels = new ArrayList<>();
    Association association =
        associate(
            (request, responder) -> {
              levels.add(request.readDataSet().string(Tag.QueryRetrieveLevel).orElseThrow());
              for (int i = 1; i <= 3; i++) {
                responder.pending(match("1.2." + i));
              }
              responder.respond(DimseResponse.of(DimseStatus.SUCCESS));
            });
    List<String> found = new ArrayList<>();

    DimseResponse response =
        association.find(
            FIND, IDENTIFIER, match -> found.add(match.string(Tag.StudyInstanceUID).orElseThrow()));

    assertThat(response.status()).isEqualTo(DimseStatus.SUCCESS);
    assertThat(levels).containsExactly("STUDY");
    assertThat(found).containsExactly("1.2.1", "1.2.2", "1.2.3");
    assertThat(association.echo()).isEqualTo(DimseStatus.SUCCESS);
    association.release();
  }

  @Test
  void a_cancel_is_seen_by_the_service_while_it_answers() throws Exception {
    Association association =
        associate(
            (_, responder) -> {
              while (!responder.isCancelled()) {
                responder.pending(match("1.2"));
              }
              responder.respond(DimseResponse.of(DimseStatus.CANCEL));
            });

    assertThat(association.find(FIND, IDENTIFIER, _ -> false).status())
        .isEqualTo(DimseStatus.CANCEL);
    assertThat(association.echo()).isEqualTo(DimseStatus.SUCCESS);
    association.release();
  }

  @Test
  void what_a_get_asks_for_comes_on_the_same_association() throws Exception {
    byte[] dataSet = {8, 0, 0x18, 0, 'U', 'I', 2, 0, '1', 0};
    Association association =
        associate(
            (_, responder) -> {
              assertThat(responder.storageContexts())
                  .containsExactly(new AcceptedContext(3, CT, EXPLICIT));
              StoreResponse stored =
                  responder.store(
                      responder.storageContexts().getFirst(),
                      "1.2.3",
                      new ByteArrayInputStream(dataSet));
              SubOperations done = new SubOperations(0, stored.status().isDone() ? 1 : 0, 0, 0);
              responder.pending(
                  DimseResponse.of(DimseStatus.PENDING).withParameters(done.parameters(true)));
              responder.respond(
                  DimseResponse.of(DimseStatus.SUCCESS).withParameters(done.parameters(false)));
            });
    List<byte[]> stored = new ArrayList<>();
    List<StoreRequest> requests = new ArrayList<>();

    DimseResponse response =
        association.get(
            GET,
            IDENTIFIER,
            (request, stream) -> {
              requests.add(request);
              stored.add(stream.readAllBytes());
              return StoreResponse.SUCCESS;
            },
            _ -> true);

    assertThat(SubOperations.of(response)).isEqualTo(new SubOperations(0, 1, 0, 0));
    assertThat(stored).containsExactly(dataSet);
    assertThat(requests.getFirst().association().callingAeTitle()).isEqualTo("OVERREAD");
    association.release();
  }

  @Test
  void a_move_names_its_destination_and_tells_its_counts() throws Exception {
    Association association =
        associate(
            (request, responder) -> {
              assertThat(request.field()).isEqualTo(CommandField.C_MOVE_RQ);
              assertThat(request.command().text(Tag.MoveDestination)).hasValue("ARCHIVE");
              responder.respond(
                  DimseResponse.of(new DimseStatus(0xB000))
                      .withParameters(new SubOperations(0, 1, 2, 3).parameters(false))
                      .withDataSet(new DataSet().putString(Tag.FailedSOPInstanceUIDList, "1.2")));
            });

    DimseResponse response = association.move(MOVE, IDENTIFIER, "ARCHIVE", _ -> true);

    assertThat(SubOperations.of(response)).isEqualTo(new SubOperations(0, 1, 2, 3));
    assertThat(Objects.requireNonNull(response.dataSet()).string(Tag.FailedSOPInstanceUIDList))
        .hasValue("1.2");
    association.release();
  }

  @Test
  void an_event_is_reported_on_the_association_of_its_action() throws Exception {
    CompletableFuture<Optional<DimseResponse>> answered = new CompletableFuture<>();
    Association association =
        associate(
            (request, responder) -> {
              assertThat(request.command().number(Tag.ActionTypeID)).hasValue(1);
              DataSet asked = request.readDataSet();
              responder.respond(DimseResponse.of(DimseStatus.SUCCESS));
              answered.complete(responder.report("1.2.840.10008.1.20.1.1", 2, asked));
            });
    List<EventReport> reports = new ArrayList<>();
    EventReport.Listener listener =
        event -> {
          reports.add(event);
          return DimseStatus.SUCCESS;
        };
    DataSet asked = new DataSet().putString(Tag.TransactionUID, "1.2.3");

    DimseResponse response =
        association.action(COMMITMENT, "1.2.840.10008.1.20.1.1", 1, asked, listener);

    assertThat(response.status()).isEqualTo(DimseStatus.SUCCESS);
    assertThat(association.awaitReport(Duration.ofSeconds(20), listener)).isTrue();
    assertThat(reports.getFirst().eventTypeId()).isEqualTo(2);
    assertThat(reports.getFirst().dataSet().string(Tag.TransactionUID)).hasValue("1.2.3");
    assertThat(answered.get(20, TimeUnit.SECONDS).orElseThrow().status())
        .isEqualTo(DimseStatus.SUCCESS);
    assertThat(association.awaitReport(Duration.ofMillis(20), listener)).isFalse();
    association.release();
    events.awaitOne(AssociationEvent.Released.class);
  }

  @Test
  void a_request_that_crosses_a_report_is_answered_before_it() throws Exception {
    CompletableFuture<Optional<DimseResponse>> answered = new CompletableFuture<>();
    acceptor =
        opened(
            List.of(
                new Service(
                    (_, responder) -> {
                      responder.respond(DimseResponse.of(DimseStatus.SUCCESS));
                      answered.complete(responder.report("1.2.3", 1, new DataSet()));
                    })));
    try (RawPeer peer = new RawPeer(Objects.requireNonNull(acceptor).port())) {
      peer.send(
          RawPeer.request(
              new ProposedContext(1, COMMITMENT, List.of(IMPLICIT)),
              new ProposedContext(3, Uid.Verification, List.of(IMPLICIT))));
      assertThat(peer.receive()).isInstanceOf(AssociateAc.class);
      DataSet action =
          new DataSet()
              .putString(Tag.RequestedSOPClassUID, COMMITMENT)
              .putString(Tag.RequestedSOPInstanceUID, "1.2.3");
      peer.sendCommand(1, CommandSet.request(CommandField.N_ACTION_RQ, 1, action, false));
      assertThat(peer.receiveCommand().status()).hasValue(0);
      CommandSet report = peer.receiveCommand();
      assertThat(report.field()).isEqualTo(CommandField.N_EVENT_REPORT_RQ);
      assertThat(peer.receive()).isInstanceOf(PDataTf.class);

      peer.sendCommand(3, CommandSet.echoRequest(2, Uid.Verification));
      assertThat(peer.receiveCommand().messageIdBeingRespondedTo()).hasValue(2);
      peer.sendCommand(1, report.respond(0, null, List.of()));

      assertThat(answered.get(20, TimeUnit.SECONDS).orElseThrow().status())
          .isEqualTo(DimseStatus.SUCCESS);
    }
  }

  @Test
  void a_peer_that_releases_instead_of_taking_a_report_is_let_go() throws Exception {
    CompletableFuture<Boolean> released = new CompletableFuture<>();
    CompletableFuture<Optional<DimseResponse>> answered = new CompletableFuture<>();
    Association association =
        associate(
            (_, responder) -> {
              responder.respond(DimseResponse.of(DimseStatus.SUCCESS));
              released.join();
              answered.complete(responder.report("1.2.3", 1, new DataSet()));
            });
    association.action(COMMITMENT, "1.2.3", 1, new DataSet(), _ -> DimseStatus.SUCCESS);
    Thread release = Thread.ofVirtual().start(association::release);
    released.complete(true);

    assertThat(answered.get(20, TimeUnit.SECONDS)).isEmpty();
    release.join();
    events.awaitOne(AssociationEvent.Released.class);
  }

  @Test
  void a_service_that_throws_answers_a_processing_failure_and_the_association_lives_on()
      throws Exception {
    Association association =
        associate(
            (_, _) -> {
              throw new IllegalStateException("broken");
            });

    assertThat(association.find(FIND, IDENTIFIER, _ -> true).status())
        .isEqualTo(DimseStatus.PROCESSING_FAILURE);
    events.awaitOne(AssociationEvent.ServiceFailed.class);
    assertThat(association.echo()).isEqualTo(DimseStatus.SUCCESS);
    association.release();
  }

  @Test
  void a_store_in_the_context_of_a_service_goes_to_the_service() throws Exception {
    Association association =
        associate(
            (_, responder) ->
                responder.respond(DimseResponse.of(DimseStatus.UNRECOGNIZED_OPERATION)));

    assertThat(
            association
                .store(FIND, "1.2", IMPLICIT, new ByteArrayInputStream(new byte[0]))
                .status())
        .isEqualTo(DimseStatus.UNRECOGNIZED_OPERATION);
    association.release();
  }

  @Test
  void two_services_of_one_sop_class_are_refused() {
    Service service = new Service((_, _) -> {});
    acceptor = opened(List.of(service));
    assertThatThrownBy(() -> opened(List.of(service, service)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Association associate(Answer answer) throws IOException {
    acceptor = opened(List.of(new Service(answer)));
    return Association.connect(
        new AssociationRequest(
            Acceptors.remote(Objects.requireNonNull(acceptor).port()),
            "REQUESTOR",
            List.of(
                new ProposedContext(1, FIND, List.of(IMPLICIT)),
                new ProposedContext(3, CT, List.of(EXPLICIT)),
                new ProposedContext(5, GET, List.of(EXPLICIT)),
                new ProposedContext(7, MOVE, List.of(EXPLICIT)),
                new ProposedContext(9, COMMITMENT, List.of(EXPLICIT)),
                new ProposedContext(11, Uid.Verification, List.of(IMPLICIT))),
            null,
            List.of(new RoleSelection(CT, true, true), new RoleSelection(FIND, true, true)),
            RequestorSettings.DEFAULT));
  }

  private AssociationAcceptor opened(List<DimseService> services) {
    try {
      return AssociationAcceptor.open(
          Acceptors.settings(4, Acceptors.TIMEOUTS),
          _ -> AssociationDecision.accept(),
          (_, _) -> StoreResponse.SUCCESS,
          events,
          services);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static DimseResponse match(String studyInstanceUid) {
    return DimseResponse.of(DimseStatus.PENDING)
        .withDataSet(new DataSet().putString(Tag.StudyInstanceUID, studyInstanceUid));
  }
}
