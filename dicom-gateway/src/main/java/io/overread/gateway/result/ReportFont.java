package io.overread.gateway.result;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * Liberation Sans, which PDFBox brings along (SIL Open Font License): Latin, Greek and Cyrillic.
 * Scripts that run from right to left, or that it lacks, are not set: a name in wrong order would
 * be another name.
 */
final class ReportFont {

  /** Stands for a character that can't be set. */
  static final int MISSING = '?';

  private static final String RESOURCE =
      "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

  private ReportFont() {}

  static InputStream open() {
    InputStream font = PDDocument.class.getResourceAsStream(RESOURCE);
    if (font == null) {
      throw new UncheckedIOException(new IOException("PDFBox lacks its font " + RESOURCE));
    }
    return font;
  }

  /** Whether the font's glyph for the character, where it has one, may be set as it is. */
  static boolean runsLeftToRight(int codePoint) {
    return switch (Character.getDirectionality(codePoint)) {
      case Character.DIRECTIONALITY_RIGHT_TO_LEFT, Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC ->
          false;
      default -> true;
    };
  }
}
