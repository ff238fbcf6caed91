package io.overread.service.journey;

import io.overread.gateway.instance.StoredInstance;
import io.overread.gateway.study.Series;
import io.overread.vlm.image.RgbImage;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A frame the model reads.
 *
 * @param frame from 1
 * @param window what the window is called that it was rendered with; null for the image's own
 * @param reason why this one, for people
 * @param image as rendered, 8 bits gray or RGB
 */
record SelectedFrame(
    StoredInstance instance,
    Series series,
    int frame,
    @Nullable String window,
    String reason,
    BufferedImage image) {

  /** With what was done to it, unless that is said already. */
  SelectedFrame with(String note) {
    return reason.endsWith(note)
        ? this
        : new SelectedFrame(instance, series, frame, window, reason + "; " + note, image);
  }

  /** SHA-256 over size and pixels, hex: what the model was given, whatever file it came from. */
  String pixelDigest() {
    RgbImage pixels = RgbImage.of(image);
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(
          ByteBuffer.allocate(2 * Integer.BYTES)
              .putInt(pixels.width())
              .putInt(pixels.height())
              .flip());
      return HexFormat.of().formatHex(sha256.digest(pixels.samples()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
