package io.overread.dicom.pixel;

import java.util.HashMap;
import java.util.Map;

/**
 * What the segments before a scan define for it: Huffman tables, quantization tables and the
 * restart interval (ITU-T T.81 B.2.4). Later definitions replace earlier ones.
 */
final class JpegTables {
  private static final int MAXIMUM_TABLES = 4;
  private static final int LENGTHS = 16;
  private static final int COEFFICIENTS = 64;
  private static final int AC_CLASS = 0x10;

  private final Map<Integer, HuffmanTable> huffman = new HashMap<>();
  private final Map<Integer, int[]> quantization = new HashMap<>();
  private int restartInterval;

  /** Takes in a segment, if it defines any of this. */
  void define(JpegSegment segment) {
    switch (segment.marker()) {
      case JpegStream.DHT -> defineHuffman(segment);
      case JpegStream.DQT -> defineQuantization(segment);
      case JpegStream.DRI -> restartInterval = segment.word(0);
      default -> {}
    }
  }

  /** The DC table of that destination; also those of the lossless processes. */
  HuffmanTable dc(int destination) {
    return huffman(destination);
  }

  HuffmanTable ac(int destination) {
    return huffman(AC_CLASS | destination);
  }

  /** The quantization table of that destination, 64 numbers in zigzag order. */
  int[] quantization(int destination) {
    int[] table = quantization.get(destination);
    if (table == null) {
      throw PixelDataException.malformed("JPEG scan without its quantization table");
    }
    return table;
  }

  /** How many MCUs there are between restart markers; 0 for no such markers. */
  int restartInterval() {
    return restartInterval;
  }

  private HuffmanTable huffman(int identifier) {
    HuffmanTable table = huffman.get(identifier);
    if (table == null) {
      throw PixelDataException.malformed("JPEG scan without its Huffman table");
    }
    return table;
  }

  private void defineHuffman(JpegSegment segment) {
    int at = 0;
    for (int tables = 0; at < segment.length(); tables++) {
      int identifier = segment.octet(at++);
      if (tables == 2 * MAXIMUM_TABLES || (identifier & ~AC_CLASS) >= MAXIMUM_TABLES) {
        throw PixelDataException.malformed("JPEG stream with too many Huffman tables");
      }
      int[] lengths = new int[LENGTHS];
      int count = 0;
      for (int length = 0; length < LENGTHS; length++) {
        lengths[length] = segment.octet(at++);
        count += lengths[length];
      }
      byte[] symbols = new byte[count];
      for (int index = 0; index < count; index++) {
        symbols[index] = (byte) segment.octet(at++);
      }
      huffman.put(identifier, new HuffmanTable(lengths, symbols));
    }
  }

  private void defineQuantization(JpegSegment segment) {
    int at = 0;
    while (at < segment.length()) {
      int identifier = segment.octet(at++);
      int bytes = 1 + (identifier >> 4);
      int destination = identifier & 0xf;
      if (bytes > 2 || destination >= MAXIMUM_TABLES) {
        throw PixelDataException.malformed("JPEG quantization table of an unknown kind");
      }
      int[] table = new int[COEFFICIENTS];
      for (int index = 0; index < COEFFICIENTS; index++, at += bytes) {
        table[index] = bytes == 1 ? segment.octet(at) : segment.word(at);
      }
      quantization.put(destination, table);
    }
  }
}
