package io.overread.dicom.net.pdu;

import java.nio.ByteBuffer;

/** Writes the fields of PDUs and items, big endian, into a buffer that grows. */
final class ItemWriter {
  private static final int INITIAL_CAPACITY = 1024;

  private ByteBuffer buffer = ByteBuffer.allocate(INITIAL_CAPACITY);

  /** Writes the content of something that begins with its length. */
  @FunctionalInterface
  interface Content {
    void write();
  }

  void clear() {
    buffer.clear();
  }

  byte[] array() {
    return buffer.array();
  }

  int length() {
    return buffer.position();
  }

  void unsigned8(int value) {
    room(1).put((byte) value);
  }

  void unsigned16(int value) {
    room(2).putShort((short) value);
  }

  void unsigned32(long value) {
    room(4).putInt((int) value);
  }

  void zeros(int count) {
    room(count).put(new byte[count]);
  }

  void bytes(byte[] content) {
    room(content.length).put(content);
  }

  void bytes(ByteBuffer content) {
    room(content.remaining()).put(content.duplicate());
  }

  /** A UID or name, unpadded. */
  void text(String text) {
    bytes(WireText.ascii(text));
  }

  /** A text after its length in 16 bits. */
  void text16(String text) {
    unsigned16(text.length());
    text(text);
  }

  /** An AE title, padded to its 16 characters. */
  void title(String title) {
    text(title + " ".repeat(WireText.MAXIMUM_TITLE_LENGTH - title.length()));
  }

  /** A PDU: type, reserved, length of 32 bits, content. */
  void pdu(int type, Content content) {
    unsigned8(type);
    zeros(1);
    int at = buffer.position();
    unsigned32(0);
    content.write();
    buffer.putInt(at, buffer.position() - at - 4);
  }

  /** An item: type, reserved, length of 16 bits, content. */
  void item(int type, Content content) {
    unsigned8(type);
    zeros(1);
    int at = buffer.position();
    unsigned16(0);
    content.write();
    int length = buffer.position() - at - 2;
    if (length > 0xFFFF) {
      throw new IllegalArgumentException("an item has at most 65535 bytes, not " + length);
    }
    buffer.putShort(at, (short) length);
  }

  private ByteBuffer room(int length) {
    if (buffer.remaining() < length) {
      int needed = buffer.position() + length;
      ByteBuffer larger = ByteBuffer.allocate(Math.max(needed, 2 * buffer.capacity()));
      larger.put(buffer.flip());
      buffer = larger;
    }
    return buffer;
  }
}
