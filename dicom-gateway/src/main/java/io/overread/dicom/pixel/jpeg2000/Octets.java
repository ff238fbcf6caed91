package io.overread.dicom.pixel.jpeg2000;

/** Reads big-endian numbers of a range of bytes; refuses to read beyond its end. */
final class Octets {
  private final byte[] bytes;
  private final int end;
  private int position;

  Octets(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.position = from;
    this.end = to;
  }

  byte[] bytes() {
    return bytes;
  }

  int position() {
    return position;
  }

  int end() {
    return end;
  }

  int left() {
    return end - position;
  }

  int octet() {
    require(1);
    return bytes[position++] & 0xff;
  }

  int word() {
    return octet() << Byte.SIZE | octet();
  }

  long longWord() {
    return (long) word() << Short.SIZE | word();
  }

  /** The next {@code count} bytes as a range of their own; this one goes on behind them. */
  Octets take(int count) {
    require(count);
    position += count;
    return new Octets(bytes, position - count, position);
  }

  /** Whether the next two bytes are that marker. */
  boolean atMarker(int marker) {
    return left() >= 2
        && (bytes[position] & 0xff) == marker >> Byte.SIZE
        && (bytes[position + 1] & 0xff) == (marker & 0xff);
  }

  private void require(int count) {
    if (count < 0 || count > left()) {
      throw CodestreamException.malformed("stream ends too early");
    }
  }
}
