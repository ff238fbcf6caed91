package io.overread.dicom.pixel.jpeg2000;

import java.util.ArrayList;
import java.util.List;

/** Decodes a tile: its packets, code-blocks, wavelets and component transformation. */
final class Tile {
  private final TileData data;
  private final List<TileComponent> components = new ArrayList<>();
  private final Octets body;
  private byte[] scratch = {};

  Tile(ImageSize size, int index, TileData data) {
    this.data = data;
    this.body = data.body();
    TileStructure structure = new TileStructure(size.tile(index), data.parameters());
    for (int component = 0; component < size.components().size(); component++) {
      components.add(structure.component(component, size.components().get(component)));
    }
  }

  /** Decodes; the planes of the components hold samples then. */
  List<TileComponent> decode() {
    readPackets();
    for (TileComponent component : components) {
      decodeBlocks(component);
      component.plane().synthesize(component.resolutions());
    }
    if (data.parameters().packets().transformed()) {
      ComponentTransform.invert(components);
    }
    return components;
  }

  private void readPackets() {
    PacketReader reader = new PacketReader(body, data.headers(), components);
    PacketOrder order = new PacketOrder(components, reader::read);
    int layers = data.parameters().packets().layers();
    for (ProgressionChange volume : data.parameters().progression()) {
      order.read(volume, layers);
    }
  }

  private void decodeBlocks(TileComponent component) {
    CodingStyle coding = component.coding();
    BlockDecoder decoder =
        coding.has(CodingStyle.HIGH_THROUGHPUT) ? new HtBlockDecoder(coding) : new Ebcot(coding);
    for (Resolution resolution : component.resolutions()) {
      for (Precinct precinct : resolution.precincts()) {
        for (Precinct.Blocks blocks : precinct.bands) {
          for (CodeBlock block : blocks.blocks) {
            if (block.passes() > 0) {
              component
                  .plane()
                  .put(blocks.band, block, decoder.decode(block, bytes(block), blocks.band));
            }
          }
        }
      }
    }
  }

  private byte[] bytes(CodeBlock block) {
    int length = block.length();
    if (scratch.length < length) {
      scratch = new byte[Math.max(length, 2 * scratch.length)];
    }
    block.copy(body.bytes(), scratch);
    return scratch;
  }
}
