package io.overread.dicom.net.association;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.overread.dicom.net.SocketPair;
import io.overread.dicom.net.pdu.Abort;
import io.overread.dicom.net.pdu.AbortReason;
import io.overread.dicom.net.pdu.AssociateAc;
import io.overread.dicom.net.pdu.AssociateRj;
import io.overread.dicom.net.pdu.AssociateRq;
import io.overread.dicom.net.pdu.ContextResult;
import io.overread.dicom.net.pdu.Implementation;
import io.overread.dicom.net.pdu.PDataTf;
import io.overread.dicom.net.pdu.Pdu;
import io.overread.dicom.net.pdu.PduReader;
import io.overread.dicom.net.pdu.PduWriter;
import io.overread.dicom.net.pdu.PresentationDataValue;
import io.overread.dicom.net.pdu.ProposedContext;
import io.overread.dicom.net.pdu.RejectReason;
import io.overread.dicom.net.pdu.RejectResult;
import io.overread.dicom.net.pdu.ReleaseRp;
import io.overread.dicom.net.pdu.ReleaseRq;
import io.overread.dicom.net.pdu.UserInformation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Drives the upper layer over a real connection into each state, and there through each event. */
class UpperLayerTest {
  private static final UpperLayerTimeouts TIMEOUTS =
      new UpperLayerTimeouts(
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10));
  private static final int MAXIMUM_LENGTH = 16_384;
  private static final String IMPLICIT = "1.2.840.10008.1.2";
  private static final UserInformation INFORMATION =
      new UserInformation(
          MAXIMUM_LENGTH, new Implementation("1.2.3", null), null, List.of(), List.of(), null);
  private static final AssociateRq REQUEST = request(1);
  private static final AssociateAc ACCEPTANCE =
      new AssociateAc(
          1,
          "A",
          "B",
          AssociateRq.DICOM_APPLICATION_CONTEXT,
          List.of(new ContextResult(1, ContextResult.Result.ACCEPTANCE, IMPLICIT)),
          INFORMATION);
  private static final AssociateRj REJECTION =
      new AssociateRj(RejectResult.REJECTED_PERMANENT, RejectReason.NO_REASON_GIVEN);
  private static final PDataTf DATA =
      new PDataTf(
          List.of(new PresentationDataValue(1, false, false, ByteBuffer.wrap(new byte[2]))));

  private static final Set<State> NOT_CONNECTED =
      EnumSet.of(State.IDLE, State.AWAITING_TRANSPORT_CONNECTION);

  private static AssociateRq request(int version) {
    return new AssociateRq(
        version,
        "A",
        "B",
        AssociateRq.DICOM_APPLICATION_CONTEXT,
        List.of(new ProposedContext(1, "1.2.840.10008.1.1", List.of(IMPLICIT))),
        INFORMATION);
  }

  static Stream<Arguments> received() {
    return EnumSet.complementOf(EnumSet.copyOf(NOT_CONNECTED)).stream()
        .flatMap(
            state ->
                Stream.of(
                        Event.ASSOCIATE_AC_RECEIVED,
                        Event.ASSOCIATE_RJ_RECEIVED,
                        Event.ASSOCIATE_RQ_RECEIVED,
                        Event.DATA_TF_RECEIVED,
                        Event.RELEASE_RQ_RECEIVED,
                        Event.RELEASE_RP_RECEIVED,
                        Event.ABORT_RECEIVED,
                        Event.TRANSPORT_CLOSED,
                        Event.INVALID_PDU_RECEIVED)
                    .map(event -> Arguments.of(state, event)));
  }

  @ParameterizedTest
  @MethodSource("received")
  void what_is_received_acts_as_the_table_says(State state, Event event) throws Exception {
    try (Conversation conversation = Conversation.in(state)) {
      Action action = StateTable.action(state, event).orElseThrow();

      conversation.peerCauses(event);
      Indication indication = conversation.layer.step();

      boolean alternative = action == Action.AR_8 && !conversation.requestor;
      assertThat(conversation.layer.state())
          .isEqualTo(alternative ? action.alternative() : action.next());
      assertThat(indication == null ? "nothing" : indication.getClass().getSimpleName())
          .isEqualTo(indicationOf(action, state));
      if (event != Event.TRANSPORT_CLOSED) {
        assertThat(conversation.sent()).isEqualTo(expectedOf(action, event));
      }
    }
  }

  private static String indicationOf(Action action, State state) {
    return switch (action) {
      case AE_3 -> "AssociateAccepted";
      case AE_4 -> "AssociateRefused";
      case AE_6 -> "AssociateRequested";
      case DT_2, AR_6 -> "DataReceived";
      case AR_2, AR_8 -> "ReleaseRequested";
      case AR_3, AR_10 -> "ReleaseConfirmed";
      case AA_3 -> "AbortedByPeer";
      case AA_4, AA_5 -> "ConnectionLost";
      case AA_8 -> "AbortedByUs";
      case AA_2 -> state == State.AWAITING_TRANSPORT_CLOSE ? "Closed" : "AbortedByPeer";
      case AR_5 -> "Closed";
      default -> "nothing";
    };
  }

  /** What must have been sent, by name; "closed" where the connection must have been closed. */
  private static Object expectedOf(Action action, Event event) {
    return switch (action) {
      case AA_1 -> new Abort(AbortReason.SERVICE_USER);
      case AA_7, AA_8 ->
          new Abort(
              event == Event.INVALID_PDU_RECEIVED
                  ? AbortReason.UNRECOGNIZED_PDU
                  : AbortReason.UNEXPECTED_PDU);
      case AE_4, AR_3, AA_2, AA_3 -> "closed";
      default -> "nothing";
    };
  }

  @ParameterizedTest
  @EnumSource
  void an_abort_of_the_local_user_goes_out_where_the_table_has_one(State state) throws Exception {
    if (NOT_CONNECTED.contains(state)) {
      return;
    }
    try (Conversation conversation = Conversation.in(state)) {
      Optional<Action> action = StateTable.action(state, Event.ABORT_REQUEST);

      conversation.layer.abort("enough");

      assertThat(conversation.layer.state()).isEqualTo(action.map(Action::next).orElse(state));
      assertThat(conversation.sent())
          .isEqualTo(action.isPresent() ? new Abort(AbortReason.SERVICE_USER) : "nothing");
    }
  }

  @Test
  void a_request_of_another_protocol_version_is_refused_by_the_provider() throws Exception {
    try (Conversation conversation = Conversation.in(State.AWAITING_ASSOCIATE_RQ)) {
      conversation.peer.write(request(2));

      assertThat(conversation.layer.step()).isNull();
      assertThat(conversation.reader.read())
          .isEqualTo(
              new AssociateRj(
                  RejectResult.REJECTED_PERMANENT, RejectReason.PROTOCOL_VERSION_NOT_SUPPORTED));
      assertThat(conversation.layer.state()).isEqualTo(State.AWAITING_TRANSPORT_CLOSE);
    }
  }

  @Test
  void a_local_request_that_the_state_does_not_allow_is_a_mistake_of_ours() throws Exception {
    try (Conversation conversation = Conversation.in(State.AWAITING_LOCAL_ASSOCIATE_RESPONSE)) {
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> conversation.layer.sendData(DATA));
    }
    try (Conversation conversation = Conversation.in(State.AWAITING_TRANSPORT_CLOSE)) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> conversation.layer.sendData(DATA));
    }
  }

  @Test
  void artim_ends_the_wait_for_a_request_and_the_wait_for_the_close() throws Exception {
    UpperLayerTimeouts shortArtim =
        new UpperLayerTimeouts(
            Duration.ofMillis(200),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60));
    try (SocketPair pair = SocketPair.open();
        UpperLayer layer =
            UpperLayer.accept(Connection.plain(pair.ours()), MAXIMUM_LENGTH, shortArtim)) {
      assertThat(layer.receive()).isInstanceOf(Indication.ConnectionLost.class);
      assertThat(pair.peers().getInputStream().read()).isEqualTo(-1);
    }
    try (SocketPair pair = SocketPair.open();
        UpperLayer layer =
            UpperLayer.accept(Connection.plain(pair.ours()), MAXIMUM_LENGTH, shortArtim)) {
      new PduWriter(pair.peers().getOutputStream()).write(REQUEST);
      assertThat(layer.receive()).isInstanceOf(Indication.AssociateRequested.class);
      layer.rejectAssociation(REJECTION);
      long start = System.nanoTime();
      layer.awaitClose();
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(150), Duration.ofSeconds(5));
      assertThat(layer.state()).isEqualTo(State.IDLE);
    }
  }

  @Test
  void artim_is_not_put_off_by_bytes_that_come_one_by_one() throws Exception {
    UpperLayerTimeouts shortArtim =
        new UpperLayerTimeouts(
            Duration.ofMillis(500),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60));
    try (SocketPair pair = SocketPair.open();
        UpperLayer layer =
            UpperLayer.accept(Connection.plain(pair.ours()), MAXIMUM_LENGTH, shortArtim)) {
      Thread dripping =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      pair.peers().getOutputStream().write(new byte[] {1, 0, 0, 0, 1, 0});
                      while (true) {
                        Thread.sleep(50);
                        pair.peers().getOutputStream().write(0);
                      }
                    } catch (IOException | InterruptedException e) {
                      // The other side has had enough.
                    }
                  });
      long start = System.nanoTime();
      assertThat(layer.receive()).isInstanceOf(Indication.ConnectionLost.class);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
      assertThat(dripping.join(Duration.ofSeconds(10))).isTrue();
    }
  }

  @Test
  void a_peer_that_takes_nothing_is_cut_off() throws Exception {
    UpperLayerTimeouts shortSend =
        new UpperLayerTimeouts(
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofMillis(400));
    try (SocketPair pair = SocketPair.open();
        UpperLayer layer =
            UpperLayer.accept(Connection.plain(pair.ours()), MAXIMUM_LENGTH, shortSend)) {
      new PduWriter(pair.peers().getOutputStream()).write(REQUEST);
      assertThat(layer.receive()).isInstanceOf(Indication.AssociateRequested.class);
      layer.acceptAssociation(ACCEPTANCE);
      PDataTf large =
          new PDataTf(
              List.of(
                  new PresentationDataValue(1, false, false, ByteBuffer.wrap(new byte[1 << 20]))));
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(
              () -> {
                for (int i = 0; i < 1000; i++) {
                  layer.sendData(large);
                }
              });
      assertThat(layer.receive()).isInstanceOf(Indication.ConnectionLost.class);
    }
  }

  /** The upper layer in a state, and its peer. */
  private static final class Conversation implements AutoCloseable {
    final SocketPair pair = SocketPair.open();
    final PduWriter peer = new PduWriter(pair.peers().getOutputStream());
    final PduReader reader = new PduReader(pair.peers().getInputStream(), MAXIMUM_LENGTH);
    final boolean requestor;
    final UpperLayer layer;

    private Conversation(boolean requestor) throws IOException {
      this.requestor = requestor;
      this.layer =
          requestor
              ? UpperLayer.request(Connection.plain(pair.ours()), REQUEST, MAXIMUM_LENGTH, TIMEOUTS)
              : UpperLayer.accept(Connection.plain(pair.ours()), MAXIMUM_LENGTH, TIMEOUTS);
      pair.peers().setSoTimeout(200);
    }

    static Conversation in(State state) throws Exception {
      boolean requestor =
          switch (state) {
            case AWAITING_ASSOCIATE_AC_OR_RJ,
                COLLISION_REQUESTOR_AWAITING_LOCAL_RESPONSE,
                COLLISION_REQUESTOR_AWAITING_RELEASE_RP ->
                true;
            default -> false;
          };
      Conversation conversation = new Conversation(requestor);
      conversation.lead(state);
      assertThat(conversation.layer.state()).isEqualTo(state);
      return conversation;
    }

    private void lead(State state) throws Exception {
      if (state == State.AWAITING_ASSOCIATE_RQ) {
        return;
      }
      if (requestor) {
        reader.read();
        if (state == State.AWAITING_ASSOCIATE_AC_OR_RJ) {
          return;
        }
        peerSends(ACCEPTANCE);
      } else {
        peerSends(REQUEST);
        if (state == State.AWAITING_LOCAL_ASSOCIATE_RESPONSE) {
          return;
        }
        layer.acceptAssociation(ACCEPTANCE);
        reader.read();
      }
      leadOn(state);
    }

    private void leadOn(State state) throws Exception {
      switch (state) {
        case ESTABLISHED -> {}
        case AWAITING_LOCAL_RELEASE_RESPONSE -> peerSends(new ReleaseRq());
        case AWAITING_TRANSPORT_CLOSE -> {
          peerSends(new ReleaseRq());
          layer.respondRelease();
          reader.read();
        }
        default -> {
          layer.requestRelease();
          reader.read();
          collide(state);
        }
      }
    }

    private void collide(State state) throws Exception {
      switch (state) {
        case AWAITING_RELEASE_RP -> {}
        case COLLISION_REQUESTOR_AWAITING_LOCAL_RESPONSE, COLLISION_ACCEPTOR_AWAITING_RELEASE_RP ->
            peerSends(new ReleaseRq());
        case COLLISION_REQUESTOR_AWAITING_RELEASE_RP -> {
          peerSends(new ReleaseRq());
          layer.respondRelease();
          reader.read();
        }
        case COLLISION_ACCEPTOR_AWAITING_LOCAL_RESPONSE -> {
          peerSends(new ReleaseRq());
          peerSends(new ReleaseRp());
        }
        default -> throw new IllegalArgumentException(state.name());
      }
    }

    private void peerSends(Pdu pdu) throws IOException {
      peer.write(pdu);
      layer.step();
    }

    void peerCauses(Event event) throws IOException {
      switch (event) {
        case ASSOCIATE_AC_RECEIVED -> peer.write(ACCEPTANCE);
        case ASSOCIATE_RJ_RECEIVED -> peer.write(REJECTION);
        case ASSOCIATE_RQ_RECEIVED -> peer.write(REQUEST);
        case DATA_TF_RECEIVED -> peer.write(DATA);
        case RELEASE_RQ_RECEIVED -> peer.write(new ReleaseRq());
        case RELEASE_RP_RECEIVED -> peer.write(new ReleaseRp());
        case ABORT_RECEIVED -> peer.write(new Abort(AbortReason.SERVICE_USER));
        case TRANSPORT_CLOSED -> pair.peers().close();
        case INVALID_PDU_RECEIVED ->
            pair.peers().getOutputStream().write(new byte[] {99, 0, 0, 0, 0, 0});
        default -> throw new IllegalArgumentException(event.name());
      }
    }

    Object sent() throws Exception {
      try {
        Pdu pdu = reader.read();
        return pdu == null ? "closed" : pdu;
      } catch (java.net.SocketTimeoutException e) {
        return "nothing";
      }
    }

    @Override
    public void close() throws IOException {
      layer.close();
      pair.close();
    }
  }
}
