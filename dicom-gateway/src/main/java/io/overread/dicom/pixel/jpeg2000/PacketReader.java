package io.overread.dicom.pixel.jpeg2000;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads packets (B.9, B.10): what each brings for the code-blocks of its precinct. */
final class PacketReader {
  private static final int SOP = 0xff91;
  private static final int SOP_BYTES = 6;
  private static final int EPH = 0xff92;

  /** No coefficient has more bit-planes; one that says so is damaged. */
  private static final int MOST_ZERO_BIT_PLANES = 80;

  private static final int MOST_LENGTH_BITS = 31;

  /** What a packet brings for a code-block. */
  private record Contribution(CodeBlock block, int length) {}

  private final Octets body;
  private final Octets headers;
  private final PacketBits bits;
  private final List<CodingStyle> codings;
  private final List<Contribution> contributions = new ArrayList<>();

  /** Reads from the packets, their headers from elsewhere if they are there. */
  PacketReader(Octets body, @Nullable Octets headers, List<TileComponent> components) {
    this.body = body;
    this.headers = headers == null ? body : headers;
    this.bits = new PacketBits(this.headers);
    this.codings = components.stream().map(TileComponent::coding).toList();
  }

  /** Reads the packet of the next layer of a precinct. */
  void read(Precinct precinct) {
    if (body.atMarker(SOP)) {
      body.take(SOP_BYTES);
    }
    contributions.clear();
    if (bits.bit() == 1) {
      for (Precinct.Blocks band : precinct.bands) {
        readBand(band, precinct.layers, codings.get(precinct.component));
      }
    }
    bits.align();
    if (headers.atMarker(EPH)) {
      headers.word();
    }
    for (Contribution contribution : contributions) {
      int offset = body.take(contribution.length).position();
      contribution.block.addChunk(offset, contribution.length);
    }
  }

  private void readBand(Precinct.Blocks band, int layer, CodingStyle coding) {
    for (int index = 0; index < band.blocks.length; index++) {
      CodeBlock block = band.blocks[index];
      int x = index % band.across;
      int y = index / band.across;
      boolean first = !block.included();
      boolean included = first ? band.inclusion.below(bits, x, y, layer + 1) : bits.bit() == 1;
      if (included) {
        if (first) {
          block.include();
          block.zeroBitPlanes = zeroBitPlanes(band.zeroBitPlanes, x, y);
        }
        readContribution(block, coding, first);
      }
    }
  }

  private int zeroBitPlanes(TagTree tree, int x, int y) {
    int count = 0;
    while (!tree.below(bits, x, y, count + 1)) {
      if (++count > MOST_ZERO_BIT_PLANES) {
        throw CodestreamException.malformed("code-block of too many zero bit-planes");
      }
    }
    return count;
  }

  private void readContribution(CodeBlock block, CodingStyle coding, boolean first) {
    int passes = bits.passes();
    while (bits.bit() == 1) {
      block.lengthBits++;
    }
    int total = 0;
    int surplus = 0;
    if (first && coding.has(CodingStyle.HIGH_THROUGHPUT)) {
      // Sets of passes before the one that is coded only place it (T.814).
      surplus = (passes - 1) / 3 * 3;
      block.zeroBitPlanes += surplus / 3;
      passes -= surplus;
    }
    while (passes > 0) {
      int part = Math.min(passes, room(block, coding));
      int length = length(block, part + surplus);
      block.add(part, length);
      passes -= part;
      surplus = 0;
      total += length;
      if (total < 0) {
        throw CodestreamException.malformed("code-block of an absurd length");
      }
    }
    if (total > 0) {
      contributions.add(new Contribution(block, total));
    }
  }

  /** The length of a codeword segment (B.10.7). */
  private int length(CodeBlock block, int passes) {
    int size = block.lengthBits + Integer.SIZE - 1 - Integer.numberOfLeadingZeros(passes);
    if (size > MOST_LENGTH_BITS) {
      throw CodestreamException.malformed("code-block of an absurd length");
    }
    int length = bits.bits(size);
    if (length > body.left()) {
      throw CodestreamException.malformed("stream ends within a packet");
    }
    return length;
  }

  /** How many more passes go into the last segment; starts one where that is full. */
  private static int room(CodeBlock block, CodingStyle coding) {
    int last = block.segments() - 1;
    int room = last < 0 ? 0 : capacity(last, coding) - block.segmentPasses(last);
    if (room > 0) {
      return room;
    }
    block.startSegment();
    return capacity(last + 1, coding);
  }

  /** The passes of a segment: where coders are terminated (D.4, D.6; T.814). */
  private static int capacity(int segment, CodingStyle coding) {
    if (coding.has(CodingStyle.HIGH_THROUGHPUT)) {
      return segment % 2 == 0 ? 1 : 2;
    }
    if (coding.has(CodingStyle.TERMINATE_ALL)) {
      return 1;
    }
    if (coding.has(CodingStyle.BYPASS)) {
      return segment == 0 ? 10 : segment % 2 == 1 ? 2 : 1;
    }
    return Integer.MAX_VALUE;
  }
}
