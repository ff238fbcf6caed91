package io.overread.dicom.data;

import io.overread.dicom.dictionary.Tag;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;

/** Damage to sound bytes; the same of the same seed. */
public final class Mutations {
  private static final int FRONT = 200;

  private Mutations() {}

  /** A data set, or a file with one, with one thing changed: a byte, a length, a tag, its end. */
  public static byte[] ofDataSet(byte[] original, Random random) {
    byte[] mutated = original.clone();
    int kind = random.nextInt(6);
    int at = random.nextInt(mutated.length - 8);
    switch (kind) {
      case 0 -> mutated[at] = (byte) random.nextInt();
      case 1 -> mutated = Arrays.copyOf(mutated, at);
      case 2 -> put(mutated, at, random.nextBoolean() ? -1 : random.nextInt());
      case 3 -> put(mutated, at, random.nextInt(1 << 16));
      case 4 -> {
        int[] delimiters = {
          Tag.Item, Tag.ItemDelimitationItem, Tag.SequenceDelimitationItem, Tag.SpecificCharacterSet
        };
        int tag = delimiters[random.nextInt(delimiters.length)];
        put(mutated, at, tag << 16 | tag >>> 16);
      }
      default -> {
        int from = random.nextInt(mutated.length);
        int count = Math.min(random.nextInt(64), mutated.length - Math.max(from, at));
        System.arraycopy(original, from, mutated, at, count);
      }
    }
    return mutated;
  }

  private static void put(byte[] bytes, int at, int value) {
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
  }

  /**
   * Bytes cut off, or changed in up to four places. Half of the damage goes to the front, where
   * markers, tables and headers are: few bytes, but they matter most.
   *
   * @param kept how many bytes at the start stay as they are; fewer than there are
   */
  public static byte[] ofStream(byte[] sound, int kept, Random random) {
    byte[] bytes = sound.clone();
    if (random.nextInt(10) == 0) {
      return Arrays.copyOf(bytes, kept + random.nextInt(bytes.length - kept));
    }
    for (int left = 1 + random.nextInt(4); left > 0; left--) {
      int reach = random.nextBoolean() ? Math.min(kept + FRONT, bytes.length) : bytes.length;
      int at = kept + random.nextInt(reach - kept - 1);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> Arrays.fill(bytes, at, at + 2, (byte) (random.nextBoolean() ? 0xff : 0));
        case 3 -> bytes[at] = (byte) random.nextInt(5);
        default -> {
          int length = Math.min(1 + random.nextInt(16), bytes.length - at);
          System.arraycopy(bytes, random.nextInt(bytes.length - length), bytes, at, length);
        }
      }
    }
    return bytes;
  }
}
