package io.overread.dicom.pixel.jpeg2000;

import java.util.ArrayList;
import java.util.List;

/**
 * Divides the components of a tile into resolutions, bands, precincts and code-blocks (B.5 to B.7).
 */
final class TileStructure {
  /** What is divided further takes more memory for the parts than for the samples. */
  private static final int MOST_PARTS = 1 << 20;

  private static final int PARTS_OF_A_PRECINCT = 8;

  private final Area tile;
  private final Parameters parameters;
  private int parts;

  /** Prepares for a tile of that area of the reference grid. */
  TileStructure(Area tile, Parameters parameters) {
    this.tile = tile;
    this.parameters = parameters;
  }

  /** Divides a component. */
  TileComponent component(int index, ImageSize.Component of) {
    Area area = tile.subsampled(of.dx(), of.dy());
    CodingStyle coding = parameters.coding(index);
    List<Resolution> resolutions = new ArrayList<>();
    Area lower = new Area(0, 0, 0, 0);
    for (int resolution = 0; resolution <= coding.levels(); resolution++) {
      Area size = area.band(coding.levels() - resolution, 0, 0);
      List<Band> bands = size.isEmpty() ? List.of() : bands(index, of, area, resolution, lower);
      resolutions.add(new Resolution(size, precincts(size, index, of, resolution, bands)));
      lower = size;
    }
    return new TileComponent(area, coding, resolutions, Plane.of(area, coding.reversible()));
  }

  private List<Band> bands(
      int component, ImageSize.Component of, Area area, int resolution, Area lower) {
    List<Band> bands = new ArrayList<>();
    CodingStyle coding = parameters.coding(component);
    int level = coding.levels() - Math.max(0, resolution - 1);
    for (int kind = resolution == 0 ? 0 : 1; kind <= (resolution == 0 ? 0 : 3); kind++) {
      int right = kind & 1;
      int down = kind >> 1;
      int index = resolution == 0 ? 0 : 3 * (resolution - 1) + kind;
      bands.add(
          new Band(
              area.band(level, right, down),
              right,
              down,
              right * lower.width(),
              down * lower.height(),
              Band.Magnitude.of(
                  parameters.quantization(component),
                  index,
                  of.precision() + right + down,
                  parameters.shift(component))));
    }
    return bands;
  }

  private List<Precinct> precincts(
      Area size, int component, ImageSize.Component of, int resolution, List<Band> bands) {
    CodingStyle coding = parameters.coding(component);
    int width = coding.precinctWidth(resolution);
    int height = coding.precinctHeight(resolution);
    if (size.isEmpty()) {
      return List.of();
    }
    int x0 = size.x0() >> width;
    int y0 = size.y0() >> height;
    int x1 = (size.x1() - 1 >> width) + 1;
    int y1 = (size.y1() - 1 >> height) + 1;
    count((long) (x1 - x0) * (y1 - y0) * PARTS_OF_A_PRECINCT);
    int level = coding.levels() - resolution;
    List<Precinct> precincts = new ArrayList<>((x1 - x0) * (y1 - y0));
    for (int y = y0; y < y1; y++) {
      for (int x = x0; x < x1; x++) {
        precincts.add(
            new Precinct(
                x << width < size.x0() ? tile.x0() : ((long) x << width + level) * of.dx(),
                y << height < size.y0() ? tile.y0() : ((long) y << height + level) * of.dy(),
                component,
                resolution,
                blocks(x, y, resolution, coding, bands)));
      }
    }
    return precincts;
  }

  private List<Precinct.Blocks> blocks(
      int x, int y, int resolution, CodingStyle coding, List<Band> bands) {
    int halved = resolution == 0 ? 0 : 1;
    int width = coding.precinctWidth(resolution) - halved;
    int height = coding.precinctHeight(resolution) - halved;
    List<Precinct.Blocks> all = new ArrayList<>(bands.size());
    for (Band band : bands) {
      Area part =
          new Area(x << width, y << height, (x + 1) << width, (y + 1) << height)
              .intersection(band.area());
      if (!part.isEmpty()) {
        all.add(
            blocks(
                band,
                part,
                Math.min(width, coding.blockWidth()),
                Math.min(height, coding.blockHeight())));
      }
    }
    return all;
  }

  private Precinct.Blocks blocks(Band band, Area part, int width, int height) {
    int x0 = part.x0() >> width;
    int y0 = part.y0() >> height;
    int across = (part.x1() - 1 >> width) + 1 - x0;
    int down = (part.y1() - 1 >> height) + 1 - y0;
    count((long) across * down);
    CodeBlock[] blocks = new CodeBlock[across * down];
    for (int index = 0; index < blocks.length; index++) {
      int x = x0 + index % across;
      int y = y0 + index / across;
      Area block =
          new Area(x << width, y << height, (x + 1) << width, (y + 1) << height).intersection(part);
      blocks[index] =
          new CodeBlock(
              band.x() + block.x0() - band.area().x0(),
              band.y() + block.y0() - band.area().y0(),
              block.width(),
              block.height());
    }
    return new Precinct.Blocks(band, across, blocks);
  }

  private void count(long more) {
    if (parts + more > MOST_PARTS) {
      throw CodestreamException.tooLarge("tile of too many code-blocks");
    }
    parts += (int) more;
  }
}
