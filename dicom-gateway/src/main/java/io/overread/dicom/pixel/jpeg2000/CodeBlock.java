package io.overread.dicom.pixel.jpeg2000;

import java.util.Arrays;

/** A code-block, and what the packets have brought for it. */
final class CodeBlock {
  /** As many as the most bit-planes have, 3 for each but the first, and some to spare. */
  private static final int MOST_PASSES = 164;

  private static final int[] NOTHING = {};

  /** Where it lies in the plane of its component. */
  final int x;

  final int y;
  final int width;
  final int height;

  /** Lblock (B.10.7.1). */
  int lengthBits = 3;

  /** Missing most significant bit-planes. */
  int zeroBitPlanes;

  private boolean included;
  private int passes;
  private int[] segments = NOTHING;
  private int segmentCount;
  private int[] chunks = NOTHING;
  private int chunkCount;

  CodeBlock(int x, int y, int width, int height) {
    this.x = x;
    this.y = y;
    this.width = width;
    this.height = height;
  }

  boolean included() {
    return included;
  }

  void include() {
    included = true;
  }

  /** All coding passes. */
  int passes() {
    return passes;
  }

  /** Codeword segments; each ends the coder that it was made with. */
  int segments() {
    return segmentCount;
  }

  int segmentPasses(int segment) {
    return segments[2 * segment];
  }

  int segmentLength(int segment) {
    return segments[2 * segment + 1];
  }

  int length() {
    int length = 0;
    for (int segment = 0; segment < segmentCount; segment++) {
      length += segmentLength(segment);
    }
    return length;
  }

  /** Starts a segment. */
  void startSegment() {
    if (segments.length == 2 * segmentCount) {
      segments = Arrays.copyOf(segments, Math.max(2, 2 * segments.length));
    }
    segmentCount++;
  }

  /** Adds passes to the last segment. */
  void add(int count, int length) {
    passes += count;
    if (passes > MOST_PASSES) {
      throw CodestreamException.malformed("code-block of too many passes");
    }
    segments[2 * segmentCount - 2] += count;
    segments[2 * segmentCount - 1] += length;
  }

  /** Adds bytes, of which the segments were told before. */
  void addChunk(int offset, int length) {
    if (chunks.length == 2 * chunkCount) {
      chunks = Arrays.copyOf(chunks, Math.max(2, 2 * chunks.length));
    }
    chunks[2 * chunkCount] = offset;
    chunks[2 * chunkCount + 1] = length;
    chunkCount++;
  }

  /** Copies all bytes to the start of an array of at least that {@link #length}. */
  void copy(byte[] from, byte[] to) {
    int filled = 0;
    for (int chunk = 0; chunk < chunkCount; chunk++) {
      System.arraycopy(from, chunks[2 * chunk], to, filled, chunks[2 * chunk + 1]);
      filled += chunks[2 * chunk + 1];
    }
  }
}
