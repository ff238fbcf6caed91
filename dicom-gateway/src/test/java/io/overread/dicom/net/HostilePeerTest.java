package io.overread.dicom.net;

import static io.overread.dicom.net.RawPeer.CT;
import static io.overread.dicom.net.RawPeer.EXPLICIT;
import static io.overread.dicom.net.RawPeer.IMPLICIT;
import static io.overread.dicom.net.RawPeer.VERIFICATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.net.dimse.CommandSet;
import io.overread.dicom.net.pdu.PDataTf;
import io.overread.dicom.net.pdu.Pdu;
import io.overread.dicom.net.pdu.PduWriter;
import io.overread.dicom.net.pdu.PresentationDataValue;
import io.overread.dicom.net.pdu.ProposedContext;
import io.overread.dicom.net.pdu.ReleaseRq;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Conversations with bytes changed at random: nothing of it may harm the acceptor. */
class HostilePeerTest {
  private static final int CONVERSATIONS = 600;
  private static final int MAXIMUM_ASSOCIATIONS = 4;

  private final Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
  private Thread.UncaughtExceptionHandler before;

  @BeforeEach
  void watch() {
    before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((_, failure) -> uncaught.add(failure));
  }

  @AfterEach
  void stopWatching() {
    Thread.setDefaultUncaughtExceptionHandler(before);
  }

  @Test
  void an_acceptor_outlives_whatever_bytes_it_is_sent() throws Exception {
    Random random = new Random(8);
    Events events = new Events();
    byte[] conversation = conversation();
    StoreHandler handler =
        (_, dataSet) -> {
          dataSet.readAllBytes();
          return StoreResponse.SUCCESS;
        };
    try (AssociationAcceptor acceptor =
        Acceptors.open(
            Acceptors.settings(MAXIMUM_ASSOCIATIONS, Acceptors.TIMEOUTS), handler, events)) {
      for (int i = 0; i < CONVERSATIONS; i++) {
        hold(acceptor.port(), changed(conversation, random));
      }
      // All of them have given back what they held, or these could not be.
      for (int i = 0; i < MAXIMUM_ASSOCIATIONS; i++) {
        awaitEcho(acceptor.port());
      }
    }
    assertThat(uncaught).isEmpty();
    assertThat(events.of(AssociationEvent.HandlerFailed.class)).isEmpty();
    int accepted = events.of(AssociationEvent.Accepted.class).size();
    int dropped = events.of(AssociationEvent.ConnectionDropped.class).size();
    assertThat(accepted).as("some get through").isGreaterThan(CONVERSATIONS / 10);
    assertThat(dropped).as("some do not").isGreaterThan(CONVERSATIONS / 100);
  }

  private static void awaitEcho(int port) {
    org.awaitility.Awaitility.await()
        .atMost(java.time.Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(
            () -> {
              try (RawPeer peer = RawPeer.associated(port)) {
                peer.sendCommand(3, CommandSet.echoRequest(1, VERIFICATION));
                return peer.receiveCommand().status().orElse(-1) == 0;
              }
            });
  }

  private static void hold(int port, byte[] bytes) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
      socket.setSoTimeout(20_000);
      socket.getInputStream().readAllBytes();
    } catch (java.net.SocketException e) {
      // It was cut off while it still sent.
    }
  }

  private static byte[] changed(byte[] conversation, Random random) {
    byte[] bytes = conversation.clone();
    for (int changes = random.nextInt(1, 8); changes > 0; changes--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return random.nextInt(4) == 0
        ? java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length))
        : bytes;
  }

  private static byte[] conversation() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PduWriter writer = new PduWriter(bytes);
    List<Pdu> pdus =
        List.of(
            RawPeer.request(
                new ProposedContext(1, CT, List.of(EXPLICIT, IMPLICIT)),
                new ProposedContext(3, VERIFICATION, List.of(IMPLICIT))),
            fragment(3, true, CommandSet.echoRequest(1, VERIFICATION).encode()),
            fragment(1, true, CommandSet.storeRequest(2, CT, "1.2.3").encode()),
            fragment(1, false, new byte[500]),
            new ReleaseRq());
    for (Pdu pdu : pdus) {
      writer.write(pdu);
    }
    return bytes.toByteArray();
  }

  private static PDataTf fragment(int contextId, boolean command, byte[] bytes) {
    return new PDataTf(
        List.of(new PresentationDataValue(contextId, command, true, ByteBuffer.wrap(bytes))));
  }
}
