package io.overread.gateway.result;

import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.GeneralPath;
import java.io.IOException;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.GlyphData;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/**
 * Draws text as the outlines of its glyphs: Java's own text needs font libraries of the system that
 * a server may lack.
 */
final class OutlineText implements AutoCloseable {

  private final TrueTypeFont font;
  private final CmapLookup characters;
  private final double unitsPerEm;

  OutlineText() throws IOException {
    this.font = new TTFParser().parse(new RandomAccessReadBuffer(ReportFont.open()));
    this.characters = font.getUnicodeCmapLookup();
    this.unitsPerEm = font.getUnitsPerEm();
  }

  /** Fills a line of text that begins at x on the baseline y; the size is that of an em. */
  void draw(Graphics2D graphics, String text, double x, double y, double size) throws IOException {
    double scale = size / unitsPerEm;
    double at = x;
    for (int codePoint : text.codePoints().toArray()) {
      int glyph = glyph(codePoint);
      graphics.fill(outline(glyph, at, y, scale));
      at += font.getAdvanceWidth(glyph) * scale;
    }
  }

  /** How wide a line of text is. */
  double width(String text, double size) throws IOException {
    double width = 0;
    for (int codePoint : text.codePoints().toArray()) {
      width += font.getAdvanceWidth(glyph(codePoint)) * size / unitsPerEm;
    }
    return width;
  }

  private Shape outline(int glyph, double x, double y, double scale) throws IOException {
    GlyphData data = font.getGlyph().getGlyph(glyph);
    GeneralPath path = data == null ? new GeneralPath() : data.getPath();
    // A font's vertical axis points up.
    return new AffineTransform(scale, 0, 0, -scale, x, y).createTransformedShape(path);
  }

  private int glyph(int codePoint) {
    int glyph = ReportFont.runsLeftToRight(codePoint) ? characters.getGlyphId(codePoint) : 0;
    return glyph == 0 ? characters.getGlyphId(ReportFont.MISSING) : glyph;
  }

  @Override
  public void close() throws IOException {
    font.close();
  }
}
