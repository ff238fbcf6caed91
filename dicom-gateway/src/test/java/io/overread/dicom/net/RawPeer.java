package io.overread.dicom.net;

import io.overread.dicom.net.dimse.CommandSet;
import io.overread.dicom.net.pdu.AssociateAc;
import io.overread.dicom.net.pdu.AssociateRq;
import io.overread.dicom.net.pdu.Implementation;
import io.overread.dicom.net.pdu.InvalidPduException;
import io.overread.dicom.net.pdu.PDataTf;
import io.overread.dicom.net.pdu.Pdu;
import io.overread.dicom.net.pdu.PduReader;
import io.overread.dicom.net.pdu.PduWriter;
import io.overread.dicom.net.pdu.PresentationDataValue;
import io.overread.dicom.net.pdu.ProposedContext;
import io.overread.dicom.net.pdu.UserInformation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A peer that sends what it is told to, PDU by PDU, also what no decent peer would. */
final class RawPeer implements AutoCloseable {
  static final String CT = "1.2.840.10008.5.1.4.1.1.2";
  static final String VERIFICATION = "1.2.840.10008.1.1";
  static final String EXPLICIT = "1.2.840.10008.1.2.1";
  static final String IMPLICIT = "1.2.840.10008.1.2";

  private final Socket socket;
  private final PduReader reader;
  private final PduWriter writer;

  RawPeer(int port) throws IOException {
    this(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  RawPeer(Socket socket) throws IOException {
    this.socket = socket;
    this.socket.setSoTimeout(20_000);
    this.reader = new PduReader(socket.getInputStream(), 1 << 20);
    this.writer = new PduWriter(socket.getOutputStream());
  }

  static UserInformation information() {
    return new UserInformation(
        16_384, new Implementation("1.2.3", "RAW"), null, List.of(), List.of(), null);
  }

  static AssociateRq request(ProposedContext... contexts) {
    return new AssociateRq(
        1,
        "OVERREAD",
        "RAW",
        AssociateRq.DICOM_APPLICATION_CONTEXT,
        List.of(contexts),
        information());
  }

  /** Associates with context 1 for CT and 3 for Verification. */
  static RawPeer associated(int port) throws IOException, InvalidPduException {
    return associated(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  static RawPeer associated(Socket socket) throws IOException, InvalidPduException {
    RawPeer peer = new RawPeer(socket);
    peer.send(
        request(
            new ProposedContext(1, CT, List.of(EXPLICIT)),
            new ProposedContext(3, VERIFICATION, List.of(IMPLICIT))));
    if (!(peer.receive() instanceof AssociateAc)) {
      throw new IOException("not accepted");
    }
    return peer;
  }

  void send(Pdu pdu) throws IOException {
    writer.write(pdu);
  }

  void sendBytes(byte... bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  void sendCommand(int contextId, CommandSet command) throws IOException {
    sendFragment(contextId, true, true, command.encode());
  }

  void sendFragment(int contextId, boolean command, boolean last, byte[] bytes) throws IOException {
    send(
        new PDataTf(
            List.of(new PresentationDataValue(contextId, command, last, ByteBuffer.wrap(bytes)))));
  }

  /** The next PDU, null when the other side closed the connection. */
  @Nullable Pdu receive() throws IOException, InvalidPduException {
    return reader.read();
  }

  CommandSet receiveCommand() throws Exception {
    if (!(reader.read() instanceof PDataTf data)) {
      throw new IOException("no data");
    }
    ByteBuffer fragment = data.values().getFirst().fragment();
    byte[] bytes = new byte[fragment.remaining()];
    fragment.get(bytes);
    return CommandSet.decode(bytes, bytes.length);
  }

  Socket socket() {
    return socket;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
