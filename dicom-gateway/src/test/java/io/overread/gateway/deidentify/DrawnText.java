package io.overread.gateway.deidentify;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.random.RandomGenerator;

/** An image with text drawn onto it, and where its ink is. */
record DrawnText(BufferedImage image, boolean[] ink) {

  private static final List<String> TEXTS =
      List.of(
          "DOE^JANE",
          "12.04.1963",
          "MRN 00482913",
          "Smith, John 1963-04-12",
          "Acc 55831",
          "St. Mary Hospital",
          "F 057Y");
  private static final List<String> FONTS = List.of(Font.SANS_SERIF, Font.MONOSPACED, Font.SERIF);
  private static final int INK = 30;

  /** Any text in any of its fonts, 1.6 to 4.6 % of the longest edge, bright on dark or reversed. */
  static DrawnText on(BufferedImage image, RandomGenerator random, boolean corner) {
    int edge = Math.max(image.getWidth(), image.getHeight());
    int size = (int) Math.round(Math.max(10, edge * (0.016 + 0.03 * random.nextDouble())));
    String text = TEXTS.get(random.nextInt(TEXTS.size()));
    int style = random.nextInt(3) == 0 ? Font.BOLD : Font.PLAIN;
    Font font = new Font(FONTS.get(random.nextInt(FONTS.size())), style, size);
    BufferedImage drawn = colour(image);
    Graphics2D graphics = drawn.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING,
        random.nextBoolean()
            ? RenderingHints.VALUE_TEXT_ANTIALIAS_ON
            : RenderingHints.VALUE_TEXT_ANTIALIAS_OFF);
    graphics.setFont(font);
    FontMetrics metrics = graphics.getFontMetrics();
    int right = Math.max(1, drawn.getWidth() - metrics.stringWidth(text));
    int bottom = Math.max(1, drawn.getHeight() - metrics.getHeight());
    int x = random.nextInt(right);
    int top = random.nextInt(bottom);
    if (corner) {
      x = x < right / 2 ? size / 2 : Math.max(0, right - size / 2);
      top = top < bottom / 2 ? size / 3 : Math.max(0, bottom - size / 3);
    }
    Rectangle box = new Rectangle(x, top, metrics.stringWidth(text), metrics.getHeight());
    int value =
        brightness(drawn, box) < 140 ? (random.nextBoolean() ? 255 : 220) : random.nextInt(30);
    graphics.setColor(new Color(value, value, value));
    graphics.drawString(text, x, top + metrics.getAscent());
    graphics.dispose();
    return new DrawnText(drawn, difference(drawn, colour(image)));
  }

  private static BufferedImage colour(BufferedImage image) {
    BufferedImage copy =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = copy.createGraphics();
    graphics.drawImage(image, 0, 0, null);
    graphics.dispose();
    return copy;
  }

  private static double brightness(BufferedImage image, Rectangle box) {
    Rectangle inside = box.intersection(new Rectangle(image.getWidth(), image.getHeight()));
    double sum = 0;
    for (int y = inside.y; y < inside.y + inside.height; y++) {
      for (int x = inside.x; x < inside.x + inside.width; x++) {
        sum += image.getRGB(x, y) & 0xff;
      }
    }
    return sum / Math.max(1, inside.width * inside.height);
  }

  private static boolean[] difference(BufferedImage one, BufferedImage other) {
    boolean[] differs = new boolean[one.getWidth() * one.getHeight()];
    for (int i = 0; i < differs.length; i++) {
      int x = i % one.getWidth();
      int y = i / one.getWidth();
      differs[i] = Math.abs((one.getRGB(x, y) & 0xff) - (other.getRGB(x, y) & 0xff)) > INK;
    }
    return differs;
  }

  /** How much of the ink lies in the areas, 0 to 1. */
  double inkWithin(List<Area> areas) {
    boolean[] covered = covered(image, areas);
    int all = 0;
    int within = 0;
    for (int i = 0; i < ink.length; i++) {
      if (ink[i]) {
        all++;
        within += covered[i] ? 1 : 0;
      }
    }
    return all == 0 ? 1 : (double) within / all;
  }

  /** How much of an image the areas take, 0 to 1. */
  static double share(BufferedImage image, List<Area> areas) {
    boolean[] covered = covered(image, areas);
    int count = 0;
    for (boolean each : covered) {
      count += each ? 1 : 0;
    }
    return (double) count / covered.length;
  }

  private static boolean[] covered(BufferedImage image, List<Area> areas) {
    BufferedImage white =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = white.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, white.getWidth(), white.getHeight());
    graphics.dispose();
    BufferedImage left = new Cleaning.Blank(areas).applyTo(white);
    boolean[] covered = new boolean[image.getWidth() * image.getHeight()];
    for (int i = 0; i < covered.length; i++) {
      covered[i] = left.getRaster().getSample(i % left.getWidth(), i / left.getWidth(), 0) == 0;
    }
    return covered;
  }
}
