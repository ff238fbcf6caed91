package io.overread.vlm.remote;

import io.overread.vlm.EncodedStudy;
import io.overread.vlm.finding.FindingRegion;
import io.overread.vlm.image.Resampler;
import io.overread.vlm.image.ResamplingFilter;
import io.overread.vlm.image.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;

/** A study's images as they are sent with each question: PNG files without metadata. */
public final class RemoteStudy implements EncodedStudy {

  /** Engines scale to less, and every question carries the images again. */
  private static final int LONGEST_EDGE = 1536;

  private final RemoteModel owner;
  private final Departure departure;
  private final List<String> images;
  private final List<String> digests;
  private volatile boolean closed;

  private RemoteStudy(
      RemoteModel owner, Departure departure, List<String> images, List<String> digests) {
    this.owner = owner;
    this.departure = departure;
    this.images = List.copyOf(images);
    this.digests = List.copyOf(digests);
  }

  static RemoteStudy of(RemoteModel owner, Departure departure, List<BufferedImage> images) {
    List<String> encoded = new ArrayList<>();
    List<String> digests = new ArrayList<>();
    for (BufferedImage image : images) {
      byte[] png = png(image);
      encoded.add(Base64.getEncoder().encodeToString(png));
      digests.add(Digests.of(png));
    }
    return new RemoteStudy(owner, departure, encoded, digests);
  }

  /** Drawn anew: nothing but pixels is in it. */
  private static byte[] png(BufferedImage image) {
    RgbImage pixels = RgbImage.of(image);
    int longest = Math.max(pixels.width(), pixels.height());
    if (longest > LONGEST_EDGE) {
      pixels =
          Resampler.resize(
              pixels,
              Math.max(1, (int) ((long) pixels.width() * LONGEST_EDGE / longest)),
              Math.max(1, (int) ((long) pixels.height() * LONGEST_EDGE / longest)),
              ResamplingFilter.BICUBIC);
    }
    BufferedImage drawn =
        new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_INT_RGB);
    byte[] samples = pixels.samples();
    for (int at = 0; at < pixels.width() * pixels.height(); at++) {
      int rgb =
          (samples[3 * at] & 0xff) << 16
              | (samples[3 * at + 1] & 0xff) << 8
              | (samples[3 * at + 2] & 0xff);
      drawn.setRGB(at % pixels.width(), at / pixels.width(), rgb);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(drawn, "png", out)) {
        throw new IllegalStateException("there is no writer for PNG");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  @Override
  public int images() {
    return images.size();
  }

  /** A remote engine makes no maps. */
  @Override
  public Optional<FindingRegion> region(int image, String findingId) {
    return Optional.empty();
  }

  boolean isOf(RemoteModel model) {
    return owner == model;
  }

  Departure departure() {
    return departure;
  }

  List<String> encoded() {
    if (closed) {
      throw new IllegalStateException("the encoded study is closed");
    }
    return images;
  }

  List<String> digests() {
    return digests;
  }

  @Override
  public void close() {
    closed = true;
  }
}
