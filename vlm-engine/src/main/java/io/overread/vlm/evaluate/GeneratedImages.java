package io.overread.vlm.evaluate;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntBinaryOperator;

/**
 * Images that are no medical ones, drawn from a fixed seed: what a model should refuse. No noise is
 * shaped like anatomy, and no drawing is taken from the images that the model learnt from.
 */
final class GeneratedImages {

  private static final long SEED = 4711;
  private static final int NOISES = 30;
  private static final int EACH = 14;

  private final List<Generated> images = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(SEED);

  private GeneratedImages() {}

  /**
   * One image.
   *
   * @param kind what is on it
   */
  record Generated(String name, String kind, BufferedImage image) {}

  /** All of them, at least 120, the same each time. */
  static List<Generated> all() {
    GeneratedImages drawn = new GeneratedImages();
    drawn.blanks();
    drawn.noises();
    drawn.patterns();
    for (int i = 0; i < EACH; i++) {
      drawn.add("shapes", Drawings.shapes(drawn.random));
      drawn.add("text page", Drawings.page(drawn.random));
      drawn.add("program window", Drawings.window(drawn.random));
    }
    return List.copyOf(drawn.images);
  }

  private void blanks() {
    for (int gray = 0; gray <= 255; gray += 17) {
      int value = gray;
      add("blank", gray((x, y) -> value));
    }
  }

  private void noises() {
    for (int i = 0; i < NOISES; i++) {
      int middle = 40 + random.nextInt(176);
      int spread = 10 + random.nextInt(70);
      add(
          "noise",
          switch (i % 5) {
            case 0 -> gray((x, y) -> random.nextInt(256));
            case 1 -> gray((x, y) -> (int) Math.round(random.nextGaussian(middle, spread)));
            case 2 ->
                gray((x, y) -> random.nextInt(100) < spread ? random.nextInt(2) * 255 : middle);
            case 3 -> blocks(4 + random.nextInt(28));
            default -> smooth(3 + random.nextInt(8));
          });
    }
  }

  /** Every pixel of a block the same. */
  private BufferedImage blocks(int edge) {
    int[] values = random.ints(64 * 1024, 0, 256).toArray();
    return gray((x, y) -> values[(y / edge * 512 + x / edge) % values.length]);
  }

  /** A few random values a row, a curve between them: clouds. */
  private BufferedImage smooth(int knots) {
    int[] values = random.ints((long) (knots + 1) * (knots + 1), 0, 256).toArray();
    int edge = 320;
    return gray(
        edge,
        edge,
        (x, y) -> {
          double u = (double) x / edge * knots;
          double v = (double) y / edge * knots;
          int at = (int) v * (knots + 1) + (int) u;
          double s = fade(u - (int) u);
          double t = fade(v - (int) v);
          double top = values[at] * (1 - s) + values[at + 1] * s;
          double bottom = values[at + knots + 1] * (1 - s) + values[at + knots + 2] * s;
          return (int) (top * (1 - t) + bottom * t);
        });
  }

  private static double fade(double share) {
    return share * share * (3 - 2 * share);
  }

  private void patterns() {
    for (int i = 0; i < EACH; i++) {
      double angle = random.nextDouble(Math.PI);
      double across = Math.cos(angle);
      double along = Math.sin(angle);
      int period = 6 + random.nextInt(60);
      int dark = random.nextInt(100);
      int light = 156 + random.nextInt(100);
      double centre = 100 + random.nextInt(200);
      boolean round = i % 3 == 2;
      add(
          "gradient",
          gray(
              (x, y) ->
                  (int)
                      (round
                          ? 255 - Math.hypot(x - centre, y - centre) * 0.7
                          : (x * across + y * along + 200) * 0.4)));
      add(
          "stripes",
          gray(
              (x, y) ->
                  Math.floorMod((int) (x * across + y * along), period) * 2 < period
                      ? dark
                      : light));
      add("checkerboard", gray((x, y) -> (x / period + y / period) % 2 == 0 ? dark : light));
    }
  }

  private BufferedImage gray(IntBinaryOperator value) {
    return gray(256 + random.nextInt(256), 256 + random.nextInt(256), value);
  }

  private static BufferedImage gray(int width, int height, IntBinaryOperator value) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.getRaster().setSample(x, y, 0, Math.clamp(value.applyAsInt(x, y), 0, 255));
      }
    }
    return image;
  }

  private void add(String kind, BufferedImage image) {
    images.add(
        new Generated("generated/" + kind.replace(' ', '-') + "-" + images.size(), kind, image));
  }

  /** Drawings in colour. */
  private static final class Drawings {

    private static final String[] WORDS = {
      "invoice", "the", "of", "number", "please", "meeting", "until", "march", "2019", "order",
      "total", "and", "street", "delivered", "with", "kind", "regards", "page", "terms", "file"
    };

    private Drawings() {}

    static BufferedImage shapes(SplittableRandom random) {
      BufferedImage image = filled(random, 256 + random.nextInt(200), 256 + random.nextInt(200));
      Graphics2D pen = image.createGraphics();
      for (int i = 2 + random.nextInt(7); i > 0; i--) {
        pen.setColor(new Color(random.nextInt(1 << 24)));
        int x = random.nextInt(image.getWidth());
        int y = random.nextInt(image.getHeight());
        int width = 20 + random.nextInt(160);
        int height = 20 + random.nextInt(160);
        switch (random.nextInt(4)) {
          case 0 -> pen.fillOval(x - width / 2, y - height / 2, width, height);
          case 1 -> pen.fillRect(x - width / 2, y - height / 2, width, height);
          case 2 ->
              pen.fillPolygon(
                  new int[] {x, x + width / 2, x - width / 2},
                  new int[] {y - height / 2, y + height / 2, y + height / 2},
                  3);
          default -> pen.drawLine(x, y, random.nextInt(image.getWidth()), y + height);
        }
      }
      pen.dispose();
      return image;
    }

    static BufferedImage page(SplittableRandom random) {
      int dot = 1 + random.nextInt(2);
      BufferedImage image = new BufferedImage(360, 480, BufferedImage.TYPE_INT_RGB);
      Graphics2D pen = image.createGraphics();
      pen.setColor(new Color(255, 255, 255 - random.nextInt(40)));
      pen.fillRect(0, 0, 360, 480);
      pen.setColor(new Color(random.nextInt(60), random.nextInt(60), random.nextInt(60)));
      Lettering.draw(pen, words(random, 12), 24, 20, dot + 1);
      for (int y = 60; y < 440; y += Lettering.ROWS * dot + 3) {
        if (random.nextInt(7) > 0) {
          Lettering.draw(pen, words(random, 300 / (Lettering.COLUMNS * dot)), 24, y, dot);
        }
      }
      pen.dispose();
      return image;
    }

    static BufferedImage window(SplittableRandom random) {
      BufferedImage image = filled(random, 480, 360);
      Graphics2D pen = image.createGraphics();
      int left = random.nextInt(40);
      int top = random.nextInt(40);
      pen.setColor(new Color(0xf4f4f4));
      pen.fillRect(left, top, 400, 290);
      pen.setColor(new Color(random.nextInt(1 << 24)));
      pen.fillRect(left, top, 400, 22);
      pen.setColor(Color.WHITE);
      Lettering.draw(pen, words(random, 20), left + 8, top + 4, 2);
      for (int row = 0; row < 8; row++) {
        int y = top + 40 + row * 30;
        pen.setColor(Color.DARK_GRAY);
        Lettering.draw(pen, words(random, 12), left + 12, y, 1 + row % 2);
        pen.setColor(new Color(random.nextInt(1 << 24)));
        pen.drawRect(left + 170, y - 4, 120 + random.nextInt(80), 18);
        pen.fillRect(left + 174, y, random.nextInt(100), 10);
      }
      pen.dispose();
      return image;
    }

    private static BufferedImage filled(SplittableRandom random, int width, int height) {
      BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      Graphics2D pen = image.createGraphics();
      pen.setColor(new Color(random.nextInt(1 << 24)));
      pen.fillRect(0, 0, width, height);
      pen.dispose();
      return image;
    }

    private static String words(SplittableRandom random, int characters) {
      StringBuilder line = new StringBuilder();
      while (line.length() < characters) {
        line.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
      }
      return line.substring(0, characters);
    }
  }
}
