package io.overread.gateway.deidentify;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.List;

/** What has to be done to an image before it may leave, see {@link CleanPixelData}. */
public sealed interface Cleaning {

  /** Nothing: there is no burned-in text. */
  record None() implements Cleaning {}

  /** These areas are made black. */
  record Blank(List<Area> areas) implements Cleaning {
    /** Keeps its own copy. */
    public Blank {
      areas = List.copyOf(areas);
    }
  }

  /** All but these areas is made black. */
  record Keep(List<Area> areas) implements Cleaning {
    /** Keeps its own copy. */
    public Keep {
      areas = List.copyOf(areas);
    }
  }

  /** It may not leave; the reason is for people and holds no patient data. */
  record Refused(String reason) implements Cleaning {}

  /**
   * The image as it may leave, a copy where anything is done to it.
   *
   * @throws IllegalStateException if it may not
   */
  default BufferedImage applyTo(BufferedImage image) {
    return switch (this) {
      case None none -> image;
      case Blank blank -> {
        BufferedImage cleaned = like(image);
        Graphics2D graphics = cleaned.createGraphics();
        graphics.drawImage(image, 0, 0, null);
        graphics.setColor(Color.BLACK);
        blank.areas().forEach(area -> graphics.fill(pixels(area, image, true)));
        graphics.dispose();
        yield cleaned;
      }
      case Keep keep -> {
        BufferedImage cleaned = like(image); // black
        Graphics2D graphics = cleaned.createGraphics();
        for (Area area : keep.areas()) {
          graphics.setClip(pixels(area, image, false));
          graphics.drawImage(image, 0, 0, null);
        }
        graphics.dispose();
        yield cleaned;
      }
      case Refused refused -> throw new IllegalStateException(refused.reason());
    };
  }

  private static BufferedImage like(BufferedImage image) {
    int type =
        image.getRaster().getNumBands() == 1
            ? BufferedImage.TYPE_BYTE_GRAY
            : BufferedImage.TYPE_INT_RGB;
    return new BufferedImage(image.getWidth(), image.getHeight(), type);
  }

  /**
   * A pixel that an area covers in part is black: outward of a blank area, inward of a kept one.
   */
  private static Rectangle pixels(Area area, BufferedImage image, boolean outward) {
    double left = area.x() * image.getWidth();
    double top = area.y() * image.getHeight();
    double right = left + area.width() * image.getWidth();
    double bottom = top + area.height() * image.getHeight();
    // So that 0.1 + 0.2 does not cost a row.
    double slack = 1e-6;
    int x = (int) (outward ? Math.floor(left + slack) : Math.ceil(left - slack));
    int y = (int) (outward ? Math.floor(top + slack) : Math.ceil(top - slack));
    int x1 = (int) (outward ? Math.ceil(right - slack) : Math.floor(right + slack));
    int y1 = (int) (outward ? Math.ceil(bottom - slack) : Math.floor(bottom + slack));
    return new Rectangle(x, y, Math.max(0, x1 - x), Math.max(0, y1 - y));
  }
}
