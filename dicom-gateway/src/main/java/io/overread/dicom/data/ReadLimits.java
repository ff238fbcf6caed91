package io.overread.dicom.data;

/**
 * How much a reader accepts before it calls the input malformed. Together they bound the memory
 * that any input can make it take.
 *
 * @param depth of nested sequences
 * @param elements data elements, items and fragments, over all levels
 * @param valueInMemory bytes; a longer value stays in its file, or is passed over in a stream
 * @param memory bytes of all values held in memory
 * @param inflated bytes that a deflated data set may inflate to
 */
public record ReadLimits(int depth, int elements, int valueInMemory, long memory, long inflated) {

  private static final ReadLimits STANDARD =
      new ReadLimits(32, 500_000, 1 << 20, 128L << 20, 8L << 30);

  public ReadLimits {
    if (depth < 1 || elements < 1 || valueInMemory < 256 || memory < 256 || inflated < 256) {
      throw new IllegalArgumentException("A limit is too small to read any data set");
    }
  }

  /** 32 levels, half a million elements, 1 MiB a value, 128 MiB in memory, 8 GiB inflated. */
  public static ReadLimits standard() {
    return STANDARD;
  }

  public ReadLimits withValueInMemory(int bytes) {
    return new ReadLimits(depth, elements, bytes, memory, inflated);
  }
}
