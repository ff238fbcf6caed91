package io.overread.dicom.pixel;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The markers of a JPEG or JPEG-LS stream (ITU-T T.81 Annex B, T.87 Annex C), read before a decoder
 * sees it: what the stream claims to be, whether decoding it is bounded, and which colour space it
 * says it is in.
 */
final class JpegStream {
  private static final int SOI = 0xd8;
  private static final int EOI = 0xd9;
  static final int SOS = 0xda;
  static final int SOF0_BASELINE = 0xc0;
  static final int SOF1_EXTENDED = 0xc1;
  static final int SOF2_PROGRESSIVE = 0xc2;
  static final int SOF3_LOSSLESS = 0xc3;
  static final int SOF55_JPEG_LS = 0xf7;
  static final int DHT = 0xc4;
  static final int DQT = 0xdb;
  static final int DRI = 0xdd;
  static final int LSE = 0xf8;
  private static final int JPG = 0xc8;
  private static final int DAC = 0xcc;
  private static final int SOF15 = 0xcf;
  private static final int RST0 = 0xd0;
  private static final int RST7 = 0xd7;
  private static final int TEM = 0x01;
  private static final int APP0 = 0xe0;
  private static final int APP14 = 0xee;
  private static final int APP15 = 0xef;
  private static final int APP8 = 0xe8;
  private static final int COM = 0xfe;

  /** A scan costs a pass over the image, however few bytes it has; encoders make some ten. */
  private static final int MOST_PROGRESSIVE_SCANS = 128;

  private static final int MOST_SEGMENTS = 1024;

  /** A component of the frame header: identifier, sampling factors, its quantization table. */
  record Component(int identifier, int horizontal, int vertical, int quantization) {}

  private final byte[] bytes;
  private final List<JpegSegment> segments = new ArrayList<>();
  private final ByteArrayOutputStream bare = new ByteArrayOutputStream();
  private final List<Component> components = new ArrayList<>();
  private int process;
  private int precision;
  private int lines;
  private int samplesPerLine;
  private int scans;
  private int adobeTransform = -1;
  private boolean jfif;
  private boolean colorTransformed;
  private boolean copying;

  private JpegStream(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Reads all markers up to the end of the image; refuses a stream whose markers are broken. */
  static JpegStream read(byte[] bytes) {
    JpegStream stream = new JpegStream(bytes);
    stream.readMarkers();
    return stream;
  }

  /** True for a sequential Huffman stream of 8 bits: baseline, or extended of that precision. */
  boolean eightBitSequential() {
    return (process == SOF0_BASELINE || process == SOF1_EXTENDED) && precision == Byte.SIZE;
  }

  /** What the stream is, in words for a refusal. */
  String description() {
    return "JPEG process SOF" + (process - SOF0_BASELINE) + " of " + precision + " bits";
  }

  /** The marker that started the frame header, as {@link #SOF3_LOSSLESS}. */
  int process() {
    return process;
  }

  /** Bits of a sample as it is coded. */
  int precision() {
    return precision;
  }

  /** The components of the frame header; at least one. */
  List<Component> components() {
    return components;
  }

  /** The tables, parameters and scans, in their order: all that a decoder needs besides. */
  List<JpegSegment> segments() {
    return segments;
  }

  /** Whether JPEG-LS says by the "mrfx" of HP's encoder that its components are transformed. */
  boolean colorTransformed() {
    return colorTransformed;
  }

  /** Refuses an image of another size, or of other components, than the stream has. */
  void requireSizeOf(ImagePixel declared) {
    if (lines != declared.rows() || samplesPerLine != declared.columns()) {
      throw PixelDataException.malformed(
          "JPEG stream of %d x %d pixels in an image of Rows %d, Columns %d"
              .formatted(lines, samplesPerLine, declared.rows(), declared.columns()));
    }
    if (components.size() != declared.samplesPerPixel()) {
      throw PixelDataException.malformed(
          "JPEG stream of %d components, Samples per Pixel %d"
              .formatted(components.size(), declared.samplesPerPixel()));
    }
  }

  /**
   * The stream without application data and comments. Those have nothing to do with the raw
   * components, and a decoder that looks into them (profiles, thumbnails) can only stumble.
   */
  byte[] withoutApplicationData() {
    JpegStream again = new JpegStream(bytes);
    again.copying = true;
    again.readMarkers();
    return again.bare.toByteArray();
  }

  /**
   * Whether three components are luminance and chrominance. The stream's own word counts more than
   * the data set's, which is often left as it was before compression: Adobe's APP14, then JFIF
   * (always luminance and chrominance), then components named R, G, B, then shared chrominance.
   *
   * @param declared what to believe when the stream doesn't say
   */
  boolean luminanceChrominance(boolean declared) {
    if (adobeTransform >= 0) {
      return adobeTransform == 1;
    }
    if (jfif) {
      return true;
    }
    if (components.get(0).identifier() == 'R'
        && components.get(1).identifier() == 'G'
        && components.get(2).identifier() == 'B') {
      return false;
    }
    Component first = components.getFirst();
    boolean subsampled =
        components.stream()
            .anyMatch(
                component ->
                    component.horizontal() != first.horizontal()
                        || component.vertical() != first.vertical());
    return subsampled || declared;
  }

  private void readMarkers() {
    if (bytes.length < 4 || octet(0) != 0xff || octet(1) != SOI) {
      throw PixelDataException.malformed("no JPEG stream (SOI is missing)");
    }
    copy(0, 2);
    int position = 2;
    while (true) {
      position = markerFrom(position);
      int marker = octet(position + 1);
      if (marker == EOI) {
        copy(position, position + 2);
        break;
      }
      int next = standsAlone(marker) ? position + 2 : readSegment(marker, position);
      if (!applicationData(marker)) {
        copy(position, next);
      }
      position = next;
    }
    if (components.isEmpty() || scans == 0) {
      throw PixelDataException.malformed("JPEG stream without a frame or a scan");
    }
  }

  /** Reads the segment at a marker; for a scan, its entropy-coded data too. Returns its end. */
  private int readSegment(int marker, int position) {
    int body = position + 4;
    int end = position + 2 + word(position + 2);
    if (end < body || end > bytes.length) {
      throw PixelDataException.malformed("JPEG marker segment runs past the end");
    }
    if (marker == SOI) {
      throw PixelDataException.malformed("a second JPEG stream begins within the first");
    }
    if (marker == SOS) {
      scans++;
      if (scans > (process == SOF2_PROGRESSIVE ? MOST_PROGRESSIVE_SCANS : components.size())) {
        throw PixelDataException.malformed("JPEG stream with too many scans");
      }
      int dataEnd = entropyCodedEnd(end);
      keep(new JpegSegment(bytes, marker, body, end, dataEnd));
      return dataEnd;
    }
    if (startsFrame(marker)) {
      readFrameHeader(marker, body, end);
    } else if (marker == DHT || marker == DQT || marker == DRI || marker == LSE) {
      keep(new JpegSegment(bytes, marker, body, end, end));
    } else if (marker == APP8) {
      colorTransformed |= startsWith("mrfx", body, end) && end - body > 4 && octet(body + 4) != 0;
    } else if (marker == APP0) {
      jfif |= startsWith("JFIF\0", body, end);
    } else if (marker == APP14 && startsWith("Adobe", body, end) && end - body >= 12) {
      adobeTransform = octet(body + 11);
    }
    return end;
  }

  private void copy(int from, int to) {
    if (copying) {
      bare.write(bytes, from, to - from);
    }
  }

  private void keep(JpegSegment segment) {
    if (segments.size() == MOST_SEGMENTS) {
      throw PixelDataException.malformed("JPEG stream of too many segments");
    }
    segments.add(segment);
  }

  private void readFrameHeader(int marker, int body, int end) {
    if (!components.isEmpty() || end - body < 6) {
      throw PixelDataException.malformed("JPEG stream with a broken or second frame header");
    }
    process = marker;
    precision = octet(body);
    lines = word(body + 1);
    samplesPerLine = word(body + 3);
    int count = octet(body + 5);
    if (count == 0 || end - body != 6 + 3 * count) {
      throw PixelDataException.malformed("JPEG frame header of the wrong length");
    }
    for (int at = body + 6; at < end; at += 3) {
      components.add(
          new Component(octet(at), octet(at + 1) >> 4, octet(at + 1) & 0xf, octet(at + 2)));
    }
  }

  /**
   * Where the next marker starts that is neither a restart marker nor data: a stuffed zero byte, in
   * JPEG-LS a byte with a stuffed zero bit (T.87 A.1).
   */
  private int entropyCodedEnd(int position) {
    int leastMarker = process == SOF55_JPEG_LS ? 0x80 : 1;
    for (int at = position; at + 1 < bytes.length; at++) {
      if (bytes[at] == -1) {
        int next = octet(at + 1);
        if (next >= leastMarker && next != 0xff && !(next >= RST0 && next <= RST7)) {
          return at;
        }
      }
    }
    throw PixelDataException.malformed("JPEG stream ends within a scan");
  }

  /** Skips the fill bytes that may come before a marker (T.81 B.1.1.2). */
  private int markerFrom(int position) {
    int at = position;
    while (at + 1 < bytes.length && octet(at) == 0xff && octet(at + 1) == 0xff) {
      at++;
    }
    if (at + 1 >= bytes.length || octet(at) != 0xff || octet(at + 1) == 0) {
      throw PixelDataException.malformed("JPEG marker expected");
    }
    return at;
  }

  private boolean startsWith(String name, int body, int end) {
    if (end - body < name.length()) {
      return false;
    }
    for (int index = 0; index < name.length(); index++) {
      if (octet(body + index) != name.charAt(index)) {
        return false;
      }
    }
    return true;
  }

  private static boolean startsFrame(int marker) {
    return marker == SOF55_JPEG_LS
        || (marker >= SOF0_BASELINE
            && marker <= SOF15
            && marker != DHT
            && marker != JPG
            && marker != DAC);
  }

  private static boolean standsAlone(int marker) {
    return marker == TEM || (marker >= RST0 && marker <= RST7);
  }

  private static boolean applicationData(int marker) {
    return (marker >= APP0 && marker <= APP15) || marker == COM || marker == TEM;
  }

  private int octet(int position) {
    return bytes[position] & 0xff;
  }

  private int word(int position) {
    if (position + 1 >= bytes.length) {
      throw PixelDataException.malformed("JPEG marker segment runs past the end");
    }
    return octet(position) << 8 | octet(position + 1);
  }
}
