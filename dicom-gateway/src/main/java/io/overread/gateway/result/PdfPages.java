package io.overread.gateway.result;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/** Sets lines on A4 pages, one below the other. Sizes are points. */
final class PdfPages implements AutoCloseable {

  private static final float MARGIN = 56;
  private static final float FOOT = 40;
  private static final float LEADING = 1.35f;
  private static final float SMALL = 8;

  private final PDDocument document = new PDDocument();
  private final PDFont font;
  private float y = -1;
  private boolean lacking;

  PdfPages() throws IOException {
    this.font = PDType0Font.load(document, ReportFont.open());
  }

  PDDocument document() {
    return document;
  }

  /** Whether a character could not be set so far. */
  boolean lacksCharacters() {
    return lacking;
  }

  /** Sets text, broken into lines; a line break in it is one. */
  void paragraph(String text, float size, Color color) throws IOException {
    for (String line : text.split("\\R", -1)) {
      for (String broken : broken(settable(line), size)) {
        line(broken, size, color);
      }
    }
  }

  void space(float height) {
    y -= height;
  }

  /** Text in a frame of its own colour, across the page. */
  void banner(String text, Color color) throws IOException {
    float size = 13;
    newPageFor(size * 2);
    float width = PDRectangle.A4.getWidth() - 2 * MARGIN;
    try (PDPageContentStream out = append()) {
      out.setStrokingColor(color);
      out.setLineWidth(1.5f);
      out.addRect(MARGIN, y - size * 1.9f, width, size * 1.9f);
      out.stroke();
      show(out, settable(text), MARGIN + 8, y - size * 1.3f, size, color);
    }
    y -= size * 2.5f;
  }

  /** Sets a line at the foot of every page, its number included, and gives the whole document. */
  byte[] finish(String foot) throws IOException {
    int count = document.getNumberOfPages();
    for (int number = 1; number <= count; number++) {
      PDPage page = document.getPage(number - 1);
      try (PDPageContentStream out =
          new PDPageContentStream(document, page, AppendMode.APPEND, true)) {
        String text = settable(foot + "   page " + number + " of " + count);
        show(out, text, MARGIN, FOOT - SMALL, SMALL, Color.DARK_GRAY);
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    document.save(bytes);
    return bytes.toByteArray();
  }

  private void line(String text, float size, Color color) throws IOException {
    newPageFor(size * LEADING);
    try (PDPageContentStream out = append()) {
      show(out, text, MARGIN, y - size, size, color);
    }
    y -= size * LEADING;
  }

  private void newPageFor(float height) {
    if (y - height < MARGIN) {
      document.addPage(new PDPage(PDRectangle.A4));
      y = PDRectangle.A4.getHeight() - MARGIN;
    }
  }

  private PDPageContentStream append() throws IOException {
    PDPage page = document.getPage(document.getNumberOfPages() - 1);
    return new PDPageContentStream(document, page, AppendMode.APPEND, true);
  }

  private void show(
      PDPageContentStream out, String text, float x, float baseline, float size, Color color)
      throws IOException {
    out.beginText();
    out.setFont(font, size);
    out.setNonStrokingColor(color);
    out.newLineAtOffset(x, baseline);
    out.showText(text);
    out.endText();
  }

  private List<String> broken(String line, float size) throws IOException {
    float width = PDRectangle.A4.getWidth() - 2 * MARGIN;
    List<String> lines = new ArrayList<>();
    StringBuilder current = new StringBuilder();
    for (String word : line.split(" ", -1)) {
      String rest = word;
      String longer = current.isEmpty() ? rest : current + " " + rest;
      if (fits(longer, size, width)) {
        current.setLength(0);
        current.append(longer);
        continue;
      }
      if (!current.isEmpty()) {
        lines.add(current.toString());
      }
      while (!fits(rest, size, width)) {
        int cut = rest.length() / 2;
        while (!fits(rest.substring(0, cut), size, width)) {
          cut /= 2;
        }
        lines.add(rest.substring(0, cut));
        rest = rest.substring(cut);
      }
      current.setLength(0);
      current.append(rest);
    }
    lines.add(current.toString());
    return lines;
  }

  private boolean fits(String text, float size, float width) throws IOException {
    return font.getStringWidth(text) / 1000 * size <= width;
  }

  /** The text with what the font can't set replaced. */
  private String settable(String text) {
    StringBuilder set = new StringBuilder(text.length());
    text.codePoints().map(c -> c == '\t' ? ' ' : c).forEach(c -> set.appendCodePoint(known(c)));
    return set.toString();
  }

  private int known(int codePoint) {
    try {
      if (ReportFont.runsLeftToRight(codePoint)
          && font.encode(Character.toString(codePoint)).length > 0) {
        return codePoint;
      }
    } catch (IOException | IllegalArgumentException notInTheFont) {
      // Said at the end of the document.
    }
    lacking = true;
    return ReportFont.MISSING;
  }

  @Override
  public void close() throws IOException {
    document.close();
  }
}
