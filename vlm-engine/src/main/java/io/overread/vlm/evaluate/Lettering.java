package io.overread.vlm.evaluate;

import java.awt.Graphics2D;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Letters of five by seven dots. Java draws text only where the system has fonts, and a server
 * often has none; and what is drawn has to be the same everywhere.
 */
final class Lettering {

  static final int COLUMNS = 6;
  static final int ROWS = 9;

  /** A character and its seven rows, two hexadecimal digits of five bits each. */
  private static final String[] GLYPHS = {
    "A0E11111F111111",
    "B1E11111E11111E",
    "C0E11101010110E",
    "D1E11111111111E",
    "E1F10101E10101F",
    "F1F10101E101010",
    "G0E11101711110F",
    "H1111111F111111",
    "I0E04040404040E",
    "J0702020202120C",
    "K11121418141211",
    "L1010101010101F",
    "M111B1515111111",
    "N11111915131111",
    "O0E11111111110E",
    "P1E11111E101010",
    "Q0E11111115120D",
    "R1E11111E141211",
    "S0F10100E01011E",
    "T1F040404040404",
    "U1111111111110E",
    "V11111111110A04",
    "W1111111515150A",
    "X11110A040A1111",
    "Y1111110A040404",
    "Z1F01020408101F",
    "00E11131519110E",
    "1040C040404040E",
    "20E11010204081F",
    "31F02040201110E",
    "402060A121F0202",
    "51F101E0101110E",
    "60608101E11110E",
    "71F010204080808",
    "80E11110E11110E",
    "90E11110F01020C",
    ".00000000000C0C",
    "%18190204081303",
    "-0000001F000000",
    "/01010204081010",
    ",000000000C0408"
  };

  private static final Map<Character, int[]> ROWS_BY_CHARACTER = rows();

  private Lettering() {}

  /**
   * Draws text in the pen's colour; characters that it has no letter for are left blank.
   *
   * @param x of the left edge
   * @param y of the top edge
   * @param dot the edge of a dot in pixels
   */
  static void draw(Graphics2D pen, String text, int x, int y, int dot) {
    String upper = text.toUpperCase(Locale.ROOT);
    for (int i = 0; i < upper.length(); i++) {
      int[] rows = ROWS_BY_CHARACTER.get(upper.charAt(i));
      for (int row = 0; rows != null && row < rows.length; row++) {
        for (int column = 0; column < 5; column++) {
          if ((rows[row] >> (4 - column) & 1) == 1) {
            pen.fillRect(x + (i * COLUMNS + column) * dot, y + row * dot, dot, dot);
          }
        }
      }
    }
  }

  private static Map<Character, int[]> rows() {
    Map<Character, int[]> all = new HashMap<>();
    for (String glyph : GLYPHS) {
      int[] rows = new int[7];
      for (int row = 0; row < rows.length; row++) {
        rows[row] = Integer.parseInt(glyph.substring(1 + 2 * row, 3 + 2 * row), 16);
      }
      all.put(glyph.charAt(0), rows);
    }
    return all;
  }
}
