package io.overread.dicom.pixel;

import io.overread.dicom.data.Bytes;
import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DicomFile;
import io.overread.dicom.data.Element;
import io.overread.dicom.data.FileMeta;
import io.overread.dicom.data.Fragments;
import io.overread.dicom.data.Octets;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Data sets of images made up for tests, and files of them. */
public final class GeneratedImage {
  private static final String SOP_INSTANCE_UID = "1.2.826.0.1.3680043.10.543.1";

  private GeneratedImage() {}

  /** An Image Pixel Module without pixel data. */
  public static DataSet of(String photometric, int rows, int columns, StoredBits bits) {
    DataSet dataSet = new DataSet();
    dataSet.putString(Tag.SOPClassUID, Uid.SecondaryCaptureImageStorage);
    dataSet.putString(Tag.SOPInstanceUID, SOP_INSTANCE_UID);
    boolean single = photometric.startsWith("MONOCHROME") || photometric.startsWith("PALETTE");
    dataSet.putInteger(Tag.SamplesPerPixel, single ? 1 : 3);
    dataSet.putString(Tag.PhotometricInterpretation, photometric);
    if (!single) {
      dataSet.putInteger(Tag.PlanarConfiguration, 0);
    }
    dataSet.putInteger(Tag.Rows, rows);
    dataSet.putInteger(Tag.Columns, columns);
    dataSet.putInteger(Tag.BitsAllocated, bits.bitsAllocated());
    dataSet.putInteger(Tag.BitsStored, bits.bitsStored());
    dataSet.putInteger(Tag.HighBit, bits.highBit());
    dataSet.putInteger(Tag.PixelRepresentation, bits.signed() ? 1 : 0);
    return dataSet;
  }

  /** 16 bits allocated and stored, unsigned, MONOCHROME2. */
  public static DataSet monochrome16(int rows, int columns, int... values) {
    DataSet dataSet = of("MONOCHROME2", rows, columns, new StoredBits(16, 16, 15, false));
    return dataSet.putBytes(Tag.PixelData, Vr.OW, words(values));
  }

  /** 8 bits, unsigned. */
  public static DataSet octets(String photometric, int rows, int columns, int... values) {
    DataSet dataSet = of(photometric, rows, columns, new StoredBits(8, 8, 7, false));
    return dataSet.putBytes(Tag.PixelData, Vr.OB, bytes(values));
  }

  /** Encapsulated pixel data with a Basic Offset Table, which may be empty. */
  public static DataSet putFragments(
      DataSet dataSet, byte[] basicOffsetTable, List<byte[]> fragments) {
    List<Octets> items = fragments.stream().<Octets>map(Bytes::copyOf).toList();
    return dataSet.put(
        new Element(Tag.PixelData, Vr.OB, new Fragments(Bytes.copyOf(basicOffsetTable), items)));
  }

  /** A DICOM file of the data set. */
  public static Path write(Path folder, String transferSyntaxUid, DataSet dataSet) {
    try {
      Path file = Files.createTempFile(folder, "generated", ".dcm");
      FileMeta meta =
          FileMeta.of(Uid.SecondaryCaptureImageStorage, SOP_INSTANCE_UID, transferSyntaxUid);
      try (var out = Files.newOutputStream(file)) {
        DicomFile.write(out, meta, dataSet);
      }
      return file;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Little endian words of 16 bits. */
  public static byte[] words(int... values) {
    ByteBuffer buffer =
        ByteBuffer.allocate(values.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      buffer.putShort((short) value);
    }
    return buffer.array();
  }

  /** Little endian words of 32 bits. */
  public static byte[] longWords(int... values) {
    ByteBuffer buffer =
        ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      buffer.putInt(value);
    }
    return buffer.array();
  }

  /** Octets. */
  public static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int index = 0; index < values.length; index++) {
      bytes[index] = (byte) values[index];
    }
    return bytes;
  }

  /** A frame in RLE Lossless of literal runs only; a segment for each entry. */
  public static byte[] runLengthLiterals(byte[]... planes) {
    Map<Integer, byte[]> segments = new TreeMap<>();
    int offset = 64;
    for (byte[] plane : planes) {
      byte[] segment = literals(plane);
      segments.put(offset, segment);
      offset += segment.length;
    }
    ByteBuffer frame = ByteBuffer.allocate(offset).order(ByteOrder.LITTLE_ENDIAN);
    frame.putInt(segments.size());
    segments.keySet().forEach(frame::putInt);
    segments.forEach((start, segment) -> frame.put(start, segment));
    return frame.array();
  }

  private static byte[] literals(byte[] plane) {
    int runs = (plane.length + 127) / 128;
    ByteBuffer segment = ByteBuffer.allocate((plane.length + runs + 1) / 2 * 2);
    for (int at = 0; at < plane.length; at += 128) {
      int length = Math.min(128, plane.length - at);
      segment.put((byte) (length - 1)).put(plane, at, length);
    }
    if (segment.hasRemaining()) {
      segment.put((byte) -128);
    }
    return segment.array();
  }
}
