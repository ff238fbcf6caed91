package io.overread.dicom.net.pdu;

import java.io.IOException;
import java.io.OutputStream;

/** Writes PDUs, each with one write to the stream. Not safe for several threads. */
public final class PduWriter {
  private final OutputStream stream;
  private final ItemWriter writer = new ItemWriter();

  /** Onto a stream that need not be buffered. */
  public PduWriter(OutputStream stream) {
    this.stream = stream;
  }

  /**
   * Writes the PDU and flushes the stream.
   *
   * @throws IOException as the stream
   */
  public void write(Pdu pdu) throws IOException {
    writer.clear();
    PduEncoder.encode(pdu, writer);
    stream.write(writer.array(), 0, writer.length());
    stream.flush();
  }
}
