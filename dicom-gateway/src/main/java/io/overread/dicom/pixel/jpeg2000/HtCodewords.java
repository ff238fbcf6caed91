package io.overread.dicom.pixel.jpeg2000;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The codewords that tell the significance of quads (T.814 Annex C), to be looked up by a context
 * and the next seven bits. An entry is made of the codeword's length, and of rho, u_off, e_k, e_1.
 */
final class HtCodewords {
  /** Bits that are looked up. */
  static final int BITS = 7;

  private static final int CONTEXTS = 8;

  /** For the first row of quads. */
  static final short[] FIRST = new short[CONTEXTS << BITS];

  /** For the other rows. */
  static final short[] OTHERS = new short[CONTEXTS << BITS];

  static {
    try (InputStream resource =
            Objects.requireNonNull(HtCodewords.class.getResourceAsStream("vlc.tsv"));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(resource, StandardCharsets.US_ASCII))) {
      lines.lines().filter(line -> !line.startsWith("#")).forEach(HtCodewords::enter);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private HtCodewords() {}

  static int length(int entry) {
    return entry & 7;
  }

  /**
   * Which of the four samples are significant: upper left, lower left, upper right, lower right.
   */
  static int significance(int entry) {
    return entry >> 3 & 0xf;
  }

  /** 1 when an exponent is told. */
  static int offset(int entry) {
    return entry >> 7 & 1;
  }

  /** Which samples have a bit less than the exponent says. */
  static int known(int entry) {
    return entry >> 8 & 0xf;
  }

  /** Of those, which have a one there. */
  static int ones(int entry) {
    return entry >> 12 & 0xf;
  }

  private static void enter(String line) {
    String[] fields = line.split("\t", -1);
    int[] numbers = new int[fields.length];
    for (int index = 0; index < fields.length; index++) {
      numbers[index] = Integer.parseInt(fields[index]);
    }
    short[] table = numbers[0] == 0 ? FIRST : OTHERS;
    int length = numbers[3];
    int entry = length | numbers[4] << 3 | numbers[5] << 7 | numbers[6] << 8 | numbers[7] << 12;
    for (int rest = 0; rest < 1 << BITS - length; rest++) {
      table[numbers[1] << BITS | rest << length | numbers[2]] = (short) entry;
    }
  }
}
