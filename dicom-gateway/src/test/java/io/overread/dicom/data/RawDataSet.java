package io.overread.dicom.data;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Lays bytes out by hand, so that tests can be wrong in every way that a peer can. */
final class RawDataSet {

  static final int UNDEFINED = -1;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteOrder order;

  RawDataSet(ByteOrder order) {
    this.order = order;
  }

  static RawDataSet littleEndian() {
    return new RawDataSet(ByteOrder.LITTLE_ENDIAN);
  }

  RawDataSet tag(int tag) {
    return u16(tag >>> 16).u16(tag);
  }

  RawDataSet u16(int value) {
    return bytes(ByteBuffer.allocate(2).order(order).putShort((short) value).array());
  }

  RawDataSet u32(int value) {
    return bytes(ByteBuffer.allocate(4).order(order).putInt(value).array());
  }

  RawDataSet text(String text) {
    return bytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  RawDataSet bytes(byte... bytes) {
    out.writeBytes(bytes);
    return this;
  }

  /** An element with a 16-bit length. */
  RawDataSet explicit(int tag, String vr, String value) {
    return tag(tag).text(vr).u16(value.length()).text(value);
  }

  /** The head of an element with a 32-bit length. */
  RawDataSet explicitLong(int tag, String vr, int length) {
    return tag(tag).text(vr).u16(0).u32(length);
  }

  RawDataSet implicit(int tag, String value) {
    return tag(tag).u32(value.length()).text(value);
  }

  RawDataSet delimiter(int tag, int length) {
    return tag(tag).u32(length);
  }

  byte[] toArray() {
    return out.toByteArray();
  }

  DataSet read(TransferSyntax transferSyntax) throws IOException {
    return read(transferSyntax, ReadLimits.standard());
  }

  DataSet read(TransferSyntax transferSyntax, ReadLimits limits) throws IOException {
    return new DataSetReader(limits).read(new ByteArrayInputStream(toArray()), transferSyntax);
  }
}
