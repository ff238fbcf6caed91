package io.overread.service.synthetic;

import java.util.Map;

/**
 * Writes SYNTHETIC into the pixels. The letters are drawn here because a server without fonts has
 * to be able to do it too.
 */
final class Stamp {
  private static final String WORD = "SYNTHETIC";
  private static final int LETTER_WIDTH = 5;
  private static final Map<Character, String[]> LETTERS =
      Map.of(
          'S', new String[] {" ####", "#    ", "#    ", " ### ", "    #", "    #", "#### "},
          'Y', new String[] {"#   #", "#   #", " # # ", "  #  ", "  #  ", "  #  ", "  #  "},
          'N', new String[] {"#   #", "##  #", "# # #", "#  ##", "#   #", "#   #", "#   #"},
          'T', new String[] {"#####", "  #  ", "  #  ", "  #  ", "  #  ", "  #  ", "  #  "},
          'H', new String[] {"#   #", "#   #", "#   #", "#####", "#   #", "#   #", "#   #"},
          'E', new String[] {"#####", "#    ", "#    ", "#### ", "#    ", "#    ", "#####"},
          'I', new String[] {"#####", "  #  ", "  #  ", "  #  ", "  #  ", "  #  ", "#####"},
          'C', new String[] {" ####", "#    ", "#    ", "#    ", "#    ", "#    ", " ####"});

  private Stamp() {}

  /** Writes the word near the lower left corner, {@code dot} pixels a dot, in the given value. */
  static void on(short[] pixels, int width, int height, int dot, short value) {
    int left = 3 * dot;
    int top = height - 10 * dot;
    for (int i = 0; i < WORD.length(); i++) {
      String[] rows = LETTERS.get(WORD.charAt(i));
      for (int y = 0; rows != null && y < rows.length * dot; y++) {
        for (int x = 0; x < LETTER_WIDTH * dot; x++) {
          if (rows[y / dot].charAt(x / dot) == '#') {
            pixels[(top + y) * width + left + i * (LETTER_WIDTH + 1) * dot + x] = value;
          }
        }
      }
    }
  }
}
