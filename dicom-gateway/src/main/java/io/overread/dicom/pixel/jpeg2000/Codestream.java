package io.overread.dicom.pixel.jpeg2000;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A codestream whose main header has been read: what it claims to be is known before anything is
 * taken for its samples. Not safe for use by several threads.
 */
public final class Codestream {
  private static final int SOC = 0xff4f;
  private static final int SIZ = 0xff51;
  private static final int PPM = 0xff60;
  private static final int MOST_PRECISION = 31;
  private static final int JP2_SIGNATURE_LENGTH = 12;
  private static final int JP2_SIGNATURE = 0x6a502020;
  private static final int CODESTREAM_BOX = 0x6a703263;

  private final Octets stream;
  private final ImageSize size;
  private final Parameters main;
  private final Map<Integer, Octets> packedHeaders = new TreeMap<>();

  private Codestream(Octets stream) {
    this.stream = stream;
    if (stream.word() != SOC || stream.word() != SIZ) {
      throw CodestreamException.malformed("stream does not start with SOC and SIZ");
    }
    size = ImageSize.read(stream.take(stream.word() - 2));
    main = new Parameters(size.components().size(), null);
  }

  /**
   * Reads the main header of a codestream, or of the first one in a JP2 file (I.4).
   *
   * @throws CodestreamException where there is none
   */
  public static Codestream read(byte[] bytes) {
    Codestream codestream = new Codestream(unwrapped(new Octets(bytes, 0, bytes.length)));
    codestream.readHeader();
    return codestream;
  }

  /** Height in pixels. */
  public int rows() {
    return Math.ceilDiv(size.image().y1(), size.dy()) - Math.ceilDiv(size.image().y0(), size.dy());
  }

  /** Width in pixels. */
  public int columns() {
    return Math.ceilDiv(size.image().x1(), size.dx()) - Math.ceilDiv(size.image().x0(), size.dx());
  }

  /** How many samples a pixel has. */
  public int components() {
    return size.components().size();
  }

  /** Bits of the deepest component. */
  public int precision() {
    return size.components().stream().mapToInt(ImageSize.Component::precision).max().orElseThrow();
  }

  /** Whether the samples of the first component are signed. */
  public boolean signed() {
    return size.components().getFirst().signed();
  }

  /** Whether the components are transformed together, which is done for red, green and blue. */
  public boolean colorTransformed() {
    return main.packets().transformed();
  }

  /**
   * Decodes all samples, within memory of some five bytes for each sample of the largest tile.
   *
   * @throws CodestreamException when they can't be decoded; rows may have been handed over then
   */
  public void decode(SampleRows rows) {
    if (precision() > MOST_PRECISION) {
      throw CodestreamException.unsupported("of " + precision() + " bits");
    }
    List<TileData> tiles =
        new TileParts(size, main, List.copyOf(packedHeaders.values())).read(stream);
    TileOutput output = new TileOutput(size, rows);
    for (int index = 0; index < tiles.size(); index++) {
      output.write(size.tile(index), new Tile(size, index, tiles.get(index)).decode());
    }
  }

  private void readHeader() {
    while (!stream.atMarker(TileParts.SOT)) {
      int marker = stream.word();
      Octets segment = stream.take(stream.word() - 2);
      if (marker == PPM) {
        if (packedHeaders.putIfAbsent(segment.octet(), segment) != null) {
          throw CodestreamException.malformed("two PPM marker segments of one index");
        }
      } else {
        main.read(marker, segment);
      }
    }
  }

  private static Octets unwrapped(Octets file) {
    if (file.left() < JP2_SIGNATURE_LENGTH || file.atMarker(SOC)) {
      return file;
    }
    Octets boxes = new Octets(file.bytes(), file.position(), file.end());
    if (boxes.longWord() != JP2_SIGNATURE_LENGTH || boxes.longWord() != JP2_SIGNATURE) {
      return file;
    }
    boxes.longWord();
    while (boxes.left() > 0) {
      long length = boxes.longWord();
      long type = boxes.longWord();
      long header = 2 * Integer.BYTES;
      if (length == 1) {
        length = boxes.longWord() << Integer.SIZE | boxes.longWord();
        header += Long.BYTES;
      }
      if (type == CODESTREAM_BOX) {
        return boxes;
      }
      if (length < header || length - header > boxes.left()) {
        break;
      }
      boxes.take((int) (length - header));
    }
    throw CodestreamException.malformed("file without a codestream");
  }
}
