package io.overread.gateway.fuzz;

import io.overread.dicom.data.Mutations;
import java.util.List;
import java.util.Random;

/**
 * Something that reads what comes from outside.
 *
 * @param name for the record
 * @param share of all inputs, in proportion to that of the others
 * @param sound what is damaged
 * @param damage how
 * @param reading what reads it
 */
record Surface(String name, int share, List<byte[]> sound, Damage damage, Reading reading) {

  /** Reads an input. */
  @FunctionalInterface
  interface Reading {
    /**
     * True if the input was taken, false if it was refused in the way that is documented.
     *
     * @throws Exception never: whatever is thrown is a finding
     */
    boolean takes(byte[] input) throws Exception;
  }

  /** Makes an input of sound bytes. */
  @FunctionalInterface
  interface Damage {
    byte[] to(byte[] sound, Random random);
  }

  /** Damage anywhere but in the first bytes. */
  static Damage after(int kept) {
    return (sound, random) -> Mutations.ofStream(sound, kept, random);
  }

  /** The input of a number; the same for the same seed. */
  byte[] input(long seed, int number) {
    Random random = new Random(seed ^ ((long) name.hashCode() << 32 | number));
    return damage.to(sound.get(random.nextInt(sound.size())), random);
  }
}
