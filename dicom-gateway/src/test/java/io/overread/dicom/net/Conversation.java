package io.overread.dicom.net;

import static io.overread.dicom.net.RawPeer.CT;
import static io.overread.dicom.net.RawPeer.EXPLICIT;
import static io.overread.dicom.net.RawPeer.IMPLICIT;
import static io.overread.dicom.net.RawPeer.VERIFICATION;

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
import java.util.Random;

/** What a peer says in an association, to be damaged. */
public final class Conversation {
  private Conversation() {}

  /** Returns when a good peer was served; fails after twenty seconds. */
  public static void awaitEcho(int port) {
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

  /** Sends the bytes, and reads what comes until the acceptor is done with us. */
  public static void hold(int port, byte[] bytes) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
      socket.setSoTimeout(20_000);
      socket.getInputStream().readAllBytes();
    } catch (java.net.SocketException e) {
      // It was cut off while it still sent.
    }
  }

  /** Association, C-ECHO, C-STORE and release. */
  public static byte[] sound() throws IOException {
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

  /** With some bytes changed or the end cut off. */
  public static byte[] changed(byte[] conversation, Random random) {
    byte[] bytes = conversation.clone();
    for (int changes = random.nextInt(1, 8); changes > 0; changes--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return random.nextInt(4) == 0
        ? java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length))
        : bytes;
  }
}
