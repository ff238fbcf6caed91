package io.overread.dicom.pixel.jpeg2000;

import java.util.Arrays;

/** The adaptive binary arithmetic decoder (Annex C), with contexts numbered as in Table D.1 on. */
final class MqDecoder {
  /** Context of the run of four samples of a column. */
  static final int RUN = 17;

  /** Context of no adaptation. */
  static final int UNIFORM = 18;

  private static final int CONTEXTS = 19;
  private static final int STATES = 47;
  private static final int UNIFORM_STATE = 46;
  private static final int RUN_STATE = 3;
  private static final int FIRST_STATE = 4;
  private static final int ONES = 0xff;

  /** Table C.2: probability, the next state after the more and after the less probable symbol. */
  private static final int[][] TABLE = {
    {0x5601, 1, 1}, {0x3401, 2, 6}, {0x1801, 3, 9}, {0x0ac1, 4, 12},
    {0x0521, 5, 29}, {0x0221, 38, 33}, {0x5601, 7, 6}, {0x5401, 8, 14},
    {0x4801, 9, 14}, {0x3801, 10, 14}, {0x3001, 11, 17}, {0x2401, 12, 18},
    {0x1c01, 13, 20}, {0x1601, 29, 21}, {0x5601, 15, 14}, {0x5401, 16, 14},
    {0x5101, 17, 15}, {0x4801, 18, 16}, {0x3801, 19, 17}, {0x3401, 20, 18},
    {0x3001, 21, 19}, {0x2801, 22, 19}, {0x2401, 23, 20}, {0x2201, 24, 21},
    {0x1c01, 25, 22}, {0x1801, 26, 23}, {0x1601, 27, 24}, {0x1401, 28, 25},
    {0x1201, 29, 26}, {0x1101, 30, 27}, {0x0ac1, 31, 28}, {0x09c1, 32, 29},
    {0x08a1, 33, 30}, {0x0521, 34, 31}, {0x0441, 35, 32}, {0x02a1, 36, 33},
    {0x0221, 37, 34}, {0x0141, 38, 35}, {0x0111, 39, 36}, {0x0085, 40, 37},
    {0x0049, 41, 38}, {0x0025, 42, 39}, {0x0015, 43, 40}, {0x0009, 44, 41},
    {0x0005, 45, 42}, {0x0001, 45, 43}, {0x5601, 46, 46}
  };

  /** States at which the more and the less probable symbol change places. */
  private static final long SWITCHES = 1 | 1 << 6 | 1 << 14;

  /**
   * By twice the state and the more probable symbol: the probability from bit 16 on, and what
   * follows the more probable symbol from bit 8 on, and the less probable one from bit 0 on.
   */
  private static final int[] TRANSITIONS = new int[2 * STATES];

  static {
    for (int state = 0; state < STATES; state++) {
      int change = (int) (SWITCHES >> state & 1);
      for (int symbol = 0; symbol < 2; symbol++) {
        int afterMore = 2 * TABLE[state][1] + symbol;
        int afterLess = 2 * TABLE[state][2] + (symbol ^ change);
        TRANSITIONS[2 * state + symbol] = TABLE[state][0] << 16 | afterMore << 8 | afterLess;
      }
    }
  }

  private final int[] states = new int[CONTEXTS];
  private byte[] data = {};
  private int position;
  private int end;
  private int octet;
  private int interval;
  private int code;
  private int shifts;

  MqDecoder() {
    forget();
  }

  /** Sets all contexts back (Table D.7). */
  void forget() {
    Arrays.fill(states, 0);
    states[0] = 2 * FIRST_STATE;
    states[RUN] = 2 * RUN_STATE;
    states[UNIFORM] = 2 * UNIFORM_STATE;
  }

  /** Starts with a codeword segment; behind its end come ones (C.3.5). */
  void start(byte[] bytes, int from, int to) {
    data = bytes;
    position = from;
    end = to;
    octet = next();
    code = octet << 16;
    readOctet();
    code <<= 7;
    shifts -= 7;
    interval = 0x8000;
  }

  /** Decodes a decision (C.3.2). */
  int decode(int context) {
    int state = states[context];
    int transition = TRANSITIONS[state];
    int probability = transition >>> 16;
    interval -= probability;
    int symbol = state & 1;
    if (code >>> 16 < probability) {
      // The lower sub-interval; which symbol it stands for depends on which one is smaller.
      if (interval < probability) {
        states[context] = transition >> 8 & 0xff;
      } else {
        symbol ^= 1;
        states[context] = transition & 0xff;
      }
      interval = probability;
      renormalize();
      return symbol;
    }
    code -= probability << 16;
    if ((interval & 0x8000) == 0) {
      if (interval < probability) {
        symbol ^= 1;
        states[context] = transition & 0xff;
      } else {
        states[context] = transition >> 8 & 0xff;
      }
      renormalize();
    }
    return symbol;
  }

  private void renormalize() {
    do {
      if (shifts == 0) {
        readOctet();
      }
      int count = Math.min(shifts, Integer.numberOfLeadingZeros(interval) - Short.SIZE);
      interval <<= count;
      code <<= count;
      shifts -= count;
    } while ((interval & 0x8000) == 0);
  }

  private void readOctet() {
    int following = next();
    if (octet == ONES) {
      if (following > 0x8f) {
        // A marker: it stays where it is, and ones are fed.
        position--;
        code += 0xff00;
        shifts = 8;
        return;
      }
      code += following << 9;
      shifts = 7;
    } else {
      code += following << 8;
      shifts = 8;
    }
    octet = following;
  }

  private int next() {
    int at = position++;
    return at < end ? data[at] & 0xff : ONES;
  }
}
