package io.overread.dicom.net.pdu;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads the fields of a PDU or item, big endian, and never beyond its end. */
final class ItemReader {
  private final ByteBuffer buffer;

  ItemReader(ByteBuffer buffer) {
    this.buffer = buffer;
  }

  /** An item of a variable field. */
  record Item(int type, ItemReader content) {}

  boolean hasMore() {
    return buffer.hasRemaining();
  }

  int remaining() {
    return buffer.remaining();
  }

  int unsigned8() throws InvalidPduException {
    require(1);
    return Byte.toUnsignedInt(buffer.get());
  }

  int unsigned16() throws InvalidPduException {
    require(2);
    return Short.toUnsignedInt(buffer.getShort());
  }

  long unsigned32() throws InvalidPduException {
    require(4);
    return Integer.toUnsignedLong(buffer.getInt());
  }

  void skip(int length) throws InvalidPduException {
    require(length);
    buffer.position(buffer.position() + length);
  }

  Bytes bytes(int length) throws InvalidPduException {
    require(length);
    byte[] content = new byte[length];
    buffer.get(content);
    return Bytes.of(content);
  }

  /** A view of the next bytes. */
  ByteBuffer view(int length) throws InvalidPduException {
    require(length);
    ByteBuffer view = buffer.slice(buffer.position(), length);
    buffer.position(buffer.position() + length);
    return view;
  }

  /** Text without the spaces and nulls that pad it. */
  String text(int length) throws InvalidPduException {
    require(length);
    byte[] content = new byte[length];
    buffer.get(content);
    // ISO 8859-1 keeps every byte apart, so that the records see and refuse what isn't ASCII.
    String text = new String(content, StandardCharsets.ISO_8859_1);
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == 0 || text.charAt(end - 1) == ' ')) {
      end--;
    }
    int start = 0;
    while (start < end && text.charAt(start) == ' ') {
      start++;
    }
    return text.substring(start, end);
  }

  /** The text that fills the rest. */
  String restAsText() throws InvalidPduException {
    return text(buffer.remaining());
  }

  /** Item-type, a reserved byte, Item-length and the content of that length. */
  Item item() throws InvalidPduException {
    int type = unsigned8();
    skip(1);
    return new Item(type, new ItemReader(view(unsigned16())));
  }

  private void require(int length) throws InvalidPduException {
    if (length > buffer.remaining()) {
      throw new InvalidPduException(
          AbortReason.INVALID_PDU_PARAMETER_VALUE,
          "a field of " + length + " bytes where " + buffer.remaining() + " remain");
    }
  }
}
