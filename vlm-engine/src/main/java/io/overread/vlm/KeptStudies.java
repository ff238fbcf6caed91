package io.overread.vlm;

import io.overread.vlm.image.RgbImage;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Studies by a digest of their images, those opened last, up to a number of bytes: the same images
 * in another revision of a study, or asked about again after a while, are not encoded again. What
 * is dropped while someone has it open is freed when he closes it.
 */
final class KeptStudies implements AutoCloseable {

  private final long mostBytes;
  private final Map<String, OnnxStudy> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  KeptStudies(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** The study with these images; the caller closes it. */
  OnnxStudy open(List<BufferedImage> images, Supplier<OnnxStudy> encode) {
    if (mostBytes == 0) {
      return encode.get();
    }
    String digest = digest(images);
    synchronized (this) {
      OnnxStudy known = kept.get(digest);
      if (known != null) {
        return known.shared();
      }
    }
    OnnxStudy made = encode.get();
    synchronized (this) {
      OnnxStudy shared = made.shared();
      OnnxStudy other = kept.put(digest, made);
      bytes += made.bytes();
      if (other != null) {
        drop(other);
      }
      dropEldest();
      return shared;
    }
  }

  private void dropEldest() {
    var eldest = kept.values().iterator();
    while (bytes > mostBytes && eldest.hasNext()) {
      OnnxStudy study = eldest.next();
      eldest.remove();
      drop(study);
    }
  }

  private void drop(OnnxStudy study) {
    bytes -= study.bytes();
    study.close();
  }

  /** SHA-256 of the images' sizes and pixels as they will be read, in their order. */
  private static String digest(List<BufferedImage> images) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      for (BufferedImage image : images) {
        RgbImage pixels = RgbImage.of(image);
        sha256.update(ByteBuffer.allocate(8).putInt(pixels.width()).putInt(pixels.height()).flip());
        sha256.update(pixels.samples());
      }
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  @Override
  public synchronized void close() {
    kept.values().forEach(OnnxStudy::close);
    kept.clear();
    bytes = 0;
  }
}
