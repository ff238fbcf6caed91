package io.overread.dicom.pixel.jpeg2000;

import java.util.List;

/** The code-blocks of a resolution that share packets (B.6). */
final class Precinct {
  /** Where it lies on the reference grid, for orders by position (B.12.1.3). */
  final long x;

  final long y;
  final int component;
  final int resolution;
  final List<Blocks> bands;

  /** The layers read so far. */
  int layers;

  Precinct(long x, long y, int component, int resolution, List<Blocks> bands) {
    this.x = x;
    this.y = y;
    this.component = component;
    this.resolution = resolution;
    this.bands = bands;
  }

  /** The code-blocks of one band, row by row. */
  static final class Blocks {
    final Band band;
    final int across;
    final CodeBlock[] blocks;
    final TagTree inclusion;
    final TagTree zeroBitPlanes;

    Blocks(Band band, int across, CodeBlock[] blocks) {
      this.band = band;
      this.across = across;
      this.blocks = blocks;
      this.inclusion = new TagTree(across, blocks.length / across);
      this.zeroBitPlanes = new TagTree(across, blocks.length / across);
    }
  }
}
