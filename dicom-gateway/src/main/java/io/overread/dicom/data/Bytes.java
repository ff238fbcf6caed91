package io.overread.dicom.data;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A value held in memory, always little endian. */
public final class Bytes implements Octets {

  private static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] array;

  private Bytes(byte[] array) {
    this.array = array;
  }

  public static Bytes empty() {
    return EMPTY;
  }

  public static Bytes copyOf(byte[] littleEndian) {
    return new Bytes(littleEndian.clone());
  }

  /** Takes the array over: the caller lets go of it. */
  static Bytes owning(byte[] littleEndian) {
    return littleEndian.length == 0 ? EMPTY : new Bytes(littleEndian);
  }

  /** A copy of the bytes. */
  public byte[] toArray() {
    return array.clone();
  }

  /** The array itself, for reading within this package. */
  byte[] array() {
    return array;
  }

  @Override
  public long length() {
    return array.length;
  }

  @Override
  public ByteOrder byteOrder() {
    return ByteOrder.LITTLE_ENDIAN;
  }

  @Override
  public InputStream open() {
    return new ByteArrayInputStream(array);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(array, bytes.array);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(array);
  }

  @Override
  public String toString() {
    return "Bytes[" + array.length + "]";
  }
}
