package io.overread.dicom.net.pdu;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An immutable sequence of bytes that compares by content. */
public final class Bytes {
  /** No bytes. */
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /** A copy of the given bytes. */
  public static Bytes of(byte... content) {
    return new Bytes(content.clone());
  }

  /** The text in UTF-8. */
  public static Bytes utf8(String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** How many there are. */
  public int length() {
    return content.length;
  }

  /** A copy. */
  public byte[] toByteArray() {
    return content.clone();
  }

  /** Read as UTF-8. */
  public String asUtf8() {
    return new String(content, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  /** The length only: the content may be a secret. */
  @Override
  public String toString() {
    return content.length + " bytes";
  }
}
