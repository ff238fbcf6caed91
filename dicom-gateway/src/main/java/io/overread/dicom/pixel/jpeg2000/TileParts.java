package io.overread.dicom.pixel.jpeg2000;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the headers of all tile-parts (A.4.2) and finds their packets. */
final class TileParts {
  static final int SOT = 0xff90;
  private static final int SOD = 0xff93;
  private static final int PPT = 0xff61;
  private static final int SOT_LENGTH = 10;
  private static final int SOT_BYTES = 12;

  private final ImageSize size;
  private final Parameters main;
  private final @Nullable Octets packedHeaders;
  private final Map<Integer, TileData> tiles = new TreeMap<>();

  /**
   * Prepares.
   *
   * @param packedHeaders the PPM marker segments in their order
   */
  TileParts(ImageSize size, Parameters main, List<Octets> packedHeaders) {
    this.size = size;
    this.main = main;
    this.packedHeaders = packedHeaders.isEmpty() ? null : TileData.joined(packedHeaders);
  }

  /** Reads up to the end of the stream; every tile must be there. */
  List<TileData> read(Octets stream) {
    while (stream.atMarker(SOT)) {
      readPart(stream);
    }
    if (tiles.size() != size.tiles()) {
      throw CodestreamException.malformed(
          "stream with %d of %d tiles".formatted(tiles.size(), size.tiles()));
    }
    return new ArrayList<>(tiles.values());
  }

  private void readPart(Octets stream) {
    stream.word();
    if (stream.word() != SOT_LENGTH) {
      throw CodestreamException.malformed("tile-part header of the wrong length");
    }
    int index = stream.word();
    long length = stream.longWord();
    stream.word();
    if (index >= size.tiles() || (length != 0 && length < SOT_BYTES + 2)) {
      throw CodestreamException.malformed("part of tile " + index + " of " + size.tiles());
    }
    // 0 is the rest of the stream; what is missing at its end will be missed by the packets.
    long left = length == 0 ? stream.left() : Math.min(length - SOT_BYTES, stream.left());
    Octets part = stream.take((int) left);
    TileData tile =
        tiles.computeIfAbsent(
            index, key -> new TileData(new Parameters(size.components().size(), main)));
    readHeader(part, tile);
    if (packedHeaders != null) {
      tile.addMainHeaders(
          packedHeaders.take((int) Math.min(packedHeaders.longWord(), Integer.MAX_VALUE)));
    }
    tile.addBody(part);
  }

  private static void readHeader(Octets part, TileData tile) {
    for (int marker = part.word(); marker != SOD; marker = part.word()) {
      Octets segment = part.take(part.word() - 2);
      if (marker == PPT) {
        tile.addOwnHeaders(segment);
      } else {
        tile.parameters().read(marker, segment);
      }
    }
  }
}
