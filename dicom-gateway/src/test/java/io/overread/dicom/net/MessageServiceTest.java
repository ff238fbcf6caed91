package io.overread.dicom.net;

import static io.overread.dicom.net.RawPeer.CT;
import static io.overread.dicom.net.RawPeer.VERIFICATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DataSetWriter;
import io.overread.dicom.data.LengthEncoding;
import io.overread.dicom.data.TransferSyntax;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.net.dimse.CommandSet;
import io.overread.dicom.net.pdu.Abort;
import io.overread.dicom.net.pdu.AbortReason;
import io.overread.dicom.net.pdu.PDataTf;
import io.overread.dicom.net.pdu.PresentationDataValue;
import io.overread.dicom.net.pdu.ReleaseRp;
import io.overread.dicom.net.pdu.ReleaseRq;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an acceptor answers to messages, proper and improper, sent PDU by PDU. */
class MessageServiceTest {
  private static final CommandSet STORE = CommandSet.storeRequest(7, CT, "1.2.3.4");
  private static final byte[] DATA_SET = {8, 0, 0x18, 0, 'U', 'I', 2, 0, '1', 0};

  private final Events events = new Events();
  private final List<byte[]> stored = new CopyOnWriteArrayList<>();
  private final List<StoreRequest> requests = new CopyOnWriteArrayList<>();
  private StoreHandler handler =
      (request, dataSet) -> {
        requests.add(request);
        stored.add(dataSet.readAllBytes());
        return StoreResponse.SUCCESS;
      };
  private AssociationAcceptor acceptor;
  private RawPeer peer;

  @BeforeEach
  void associate() throws Exception {
    acceptor = Acceptors.open((request, dataSet) -> handler.store(request, dataSet), events);
    peer = RawPeer.associated(acceptor.port());
  }

  @AfterEach
  void close() throws IOException {
    peer.close();
    acceptor.close();
  }

  @Test
  void an_echo_is_answered_with_success() throws Exception {
    CommandSet response = ask(3, CommandSet.echoRequest(5, VERIFICATION));

    assertThat(response.field()).isEqualTo(0x8030);
    assertThat(response.messageIdBeingRespondedTo()).hasValue(5);
    assertThat(response.status()).hasValue(0);
  }

  @Test
  void a_data_set_in_many_fragments_reaches_the_handler_whole() throws Exception {
    peer.sendFragment(1, true, false, java.util.Arrays.copyOf(STORE.encode(), 20));
    byte[] rest = STORE.encode();
    peer.sendFragment(1, true, true, java.util.Arrays.copyOfRange(rest, 20, rest.length));
    List<PresentationDataValue> values = new ArrayList<>();
    for (byte b : DATA_SET) {
      values.add(fragment(false, ByteBuffer.wrap(new byte[] {b})));
      values.add(fragment(false, ByteBuffer.allocate(0)));
    }
    peer.send(new PDataTf(values));
    peer.send(new PDataTf(List.of(fragment(true, ByteBuffer.allocate(0)))));

    CommandSet response = peer.receiveCommand();

    assertThat(response.status()).hasValue(0);
    assertThat(response.field()).isEqualTo(0x8001);
    assertThat(response.sopInstanceUid()).hasValue("1.2.3.4");
    assertThat(stored).containsExactly(DATA_SET);
    StoreRequest request = requests.getFirst();
    assertThat(request.messageId()).isEqualTo(7);
    assertThat(request.transferSyntaxUid()).isEqualTo(RawPeer.EXPLICIT);
    assertThat(request.association().callingAeTitle()).isEqualTo("RAW");
  }

  @Test
  void status_comment_and_offending_elements_reach_the_peer() throws Exception {
    handler =
        (_, _) ->
            new StoreResponse(
                DimseStatus.DATA_SET_DOES_NOT_MATCH_SOP_CLASS,
                "no \\ müller " + "x".repeat(80),
                List.of(Tag.SOPInstanceUID, Tag.PixelData));

    CommandSet response = store();

    assertThat(response.status()).hasValue(0xA900);
    assertThat(response.errorComment()).hasValue("no ? m?ller " + "x".repeat(52));
    assertThat(response.offendingElements()).containsExactly(Tag.SOPInstanceUID, Tag.PixelData);
  }

  @Test
  void what_the_handler_does_not_read_is_drained() throws Exception {
    handler = (_, _) -> StoreResponse.of(DimseStatus.OUT_OF_RESOURCES);
    peer.sendCommand(1, STORE);
    for (int i = 0; i < 100; i++) {
      peer.sendFragment(1, false, i == 99, new byte[16_000]);
    }

    assertThat(peer.receiveCommand().status()).hasValue(0xA700);
    assertThat(ask(3, CommandSet.echoRequest(8, VERIFICATION)).status()).hasValue(0);
  }

  @Test
  void a_handler_that_throws_answers_a_processing_failure_and_the_association_lives_on()
      throws Exception {
    for (Exception failure :
        List.of(new IllegalStateException("broken"), new IOException("disk full"))) {
      handler =
          (_, _) -> {
            if (failure instanceof IOException io) {
              throw io;
            }
            throw (RuntimeException) failure;
          };

      assertThat(store().status()).hasValue(0x0110);
      assertThat(events.awaitOne(AssociationEvent.HandlerFailed.class, e -> e.failure() == failure))
          .isNotNull();
    }
    assertThat(ask(3, CommandSet.echoRequest(8, VERIFICATION)).status()).hasValue(0);
  }

  @Test
  void a_stream_is_of_no_use_after_its_answer() throws Exception {
    List<InputStream> kept = new CopyOnWriteArrayList<>();
    handler =
        (_, dataSet) -> {
          kept.add(dataSet);
          return StoreResponse.SUCCESS;
        };
    store();

    org.assertj.core.api.Assertions.assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> kept.getFirst().read());
  }

  @Test
  void a_transfer_that_is_cut_off_never_looks_complete_to_the_handler() throws Exception {
    List<String> seen = new CopyOnWriteArrayList<>();
    handler =
        (_, dataSet) -> {
          try {
            dataSet.readAllBytes();
            seen.add("end");
          } catch (IOException e) {
            seen.add("broken");
            throw e;
          }
          return StoreResponse.SUCCESS;
        };
    peer.sendCommand(1, STORE);
    peer.sendFragment(1, false, false, DATA_SET);
    peer.close();

    AssociationEvent.Aborted aborted = events.awaitOne(AssociationEvent.Aborted.class);

    assertThat(aborted.end()).isInstanceOf(AssociationEnd.ConnectionLost.class);
    assertThat(seen).containsExactly("broken");
    assertThat(events.of(AssociationEvent.HandlerFailed.class)).isEmpty();
  }

  @Test
  void an_abort_amid_a_transfer_ends_the_association_with_its_reason() throws Exception {
    peer.sendCommand(1, STORE);
    peer.sendFragment(1, false, false, DATA_SET);
    peer.send(new Abort(AbortReason.SERVICE_USER));

    assertThat(events.awaitOne(AssociationEvent.Aborted.class).end())
        .isEqualTo(new AssociationEnd.AbortedByPeer(AbortReason.SERVICE_USER));
    assertThat(stored).isEmpty();
  }

  @Test
  void a_release_amid_a_transfer_is_aborted() throws Exception {
    peer.sendCommand(1, STORE);
    peer.sendFragment(1, false, false, DATA_SET);
    peer.send(new ReleaseRq());

    assertThat(peer.receive()).isEqualTo(new Abort(AbortReason.SERVICE_USER));
    assertThat(stored).isEmpty();
  }

  @Test
  void operations_that_are_not_known_are_answered_as_unrecognized() throws Exception {
    for (int field : new int[] {0x0010, 0x0020, 0x0021, 0x0100, 0x0110, 0x0130, 0x0140, 0x0042}) {
      peer.sendCommand(1, command(field, 1));
      peer.sendFragment(1, false, true, DATA_SET);

      CommandSet response = peer.receiveCommand();

      assertThat(response.status()).hasValue(0x0211);
      assertThat(response.field()).isEqualTo(0x8000 | field);
    }
    assertThat(store().status()).hasValue(0);
  }

  @Test
  void a_cancel_is_tolerated_without_an_answer() throws Exception {
    peer.sendCommand(1, command(0x0FFF, 0x0101));

    assertThat(ask(3, CommandSet.echoRequest(9, VERIFICATION)).messageIdBeingRespondedTo())
        .hasValue(9);
  }

  @Test
  void a_sop_class_other_than_that_of_the_context_is_refused() throws Exception {
    peer.sendCommand(1, CommandSet.storeRequest(1, VERIFICATION, "1.2.3"));
    peer.sendFragment(1, false, true, DATA_SET);

    assertThat(peer.receiveCommand().status()).hasValue(0x0122);
    assertThat(requests).isEmpty();
  }

  @Test
  void an_instance_uid_that_is_none_is_refused() throws Exception {
    for (String uid : List.of("../../etc/passwd", "1..2", "1.2.", "1".repeat(65), "")) {
      peer.sendCommand(1, CommandSet.storeRequest(1, CT, uid));
      peer.sendFragment(1, false, true, DATA_SET);

      assertThat(peer.receiveCommand().status()).as(uid).hasValue(0x0117);
    }
    assertThat(requests).isEmpty();
  }

  @Test
  void a_store_without_a_data_set_is_refused() throws Exception {
    DataSet elements = elements(0x0001, 0x0101);
    elements.putString(Tag.AffectedSOPClassUID, CT);
    elements.putString(Tag.AffectedSOPInstanceUID, "1.2.3");
    peer.sendCommand(1, decoded(elements));

    assertThat(peer.receiveCommand().status()).hasValue(0xC000);
  }

  @Test
  void a_fragment_of_a_context_that_was_not_accepted_is_aborted() throws Exception {
    peer.sendFragment(9, true, true, STORE.encode());

    assertThat(peer.receive()).isEqualTo(new Abort(AbortReason.INVALID_PDU_PARAMETER_VALUE));
  }

  @Test
  void fragments_out_of_order_are_aborted() throws Exception {
    peer.sendFragment(1, false, true, DATA_SET);

    assertThat(peer.receive()).isEqualTo(new Abort(AbortReason.SERVICE_USER));
  }

  @Test
  void a_command_within_a_data_set_is_aborted() throws Exception {
    peer.sendCommand(1, STORE);
    peer.sendFragment(1, false, false, DATA_SET);
    peer.sendCommand(1, STORE);

    assertThat(peer.receive()).isEqualTo(new Abort(AbortReason.SERVICE_USER));
  }

  @Test
  void a_command_set_without_end_is_aborted() throws Exception {
    for (int i = 0; i < 3; i++) {
      peer.sendFragment(1, true, false, new byte[16_000]);
    }

    assertThat(peer.receive()).isEqualTo(new Abort(AbortReason.SERVICE_USER));
  }

  @Test
  void a_command_set_that_is_none_is_aborted() throws Exception {
    peer.sendFragment(1, true, true, new byte[] {1, 2, 3});

    assertThat(peer.receive()).isEqualTo(new Abort(AbortReason.SERVICE_USER));
  }

  @Test
  void data_longer_than_we_take_is_aborted() throws Exception {
    peer.sendFragment(1, false, true, new byte[16_384]);

    assertThat(peer.receive()).isEqualTo(new Abort(AbortReason.INVALID_PDU_PARAMETER_VALUE));
  }

  @Test
  void a_release_is_answered_and_told() throws Exception {
    peer.send(new ReleaseRq());

    assertThat(peer.receive()).isEqualTo(new ReleaseRp());
    peer.close();
    assertThat(events.awaitOne(AssociationEvent.Released.class).association().callingAeTitle())
        .isEqualTo("RAW");
  }

  private CommandSet store() throws Exception {
    peer.sendCommand(1, STORE);
    peer.sendFragment(1, false, true, DATA_SET);
    return peer.receiveCommand();
  }

  private CommandSet ask(int contextId, CommandSet command) throws Exception {
    peer.sendCommand(contextId, command);
    return peer.receiveCommand();
  }

  private static PresentationDataValue fragment(boolean last, ByteBuffer bytes) {
    return new PresentationDataValue(1, false, last, bytes);
  }

  private static CommandSet command(int field, int dataSetType) throws Exception {
    return decoded(elements(field, dataSetType));
  }

  private static DataSet elements(int field, int dataSetType) {
    DataSet elements = new DataSet();
    elements.putInteger(Tag.CommandGroupLength, 0);
    elements.putInteger(Tag.CommandField, field);
    elements.putInteger(Tag.MessageID, 3);
    elements.putInteger(Tag.CommandDataSetType, dataSetType);
    return elements;
  }

  private static CommandSet decoded(DataSet elements) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      new DataSetWriter(LengthEncoding.EXPLICIT)
          .write(elements, TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return CommandSet.decode(bytes.toByteArray(), bytes.size());
  }
}
