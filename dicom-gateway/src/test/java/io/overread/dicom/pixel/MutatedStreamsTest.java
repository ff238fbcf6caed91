package io.overread.dicom.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whatever a coded frame holds, it is decoded or refused: no other failure, and soon. */
class MutatedStreamsTest {
  private static final int ROWS = 24;
  private static final int COLUMNS = 33;
  private static final int MUTATIONS = 1500;
  private static final int SOI_BYTES = 2;

  private final Random random = new Random(20261125);

  /** A stream to be damaged. */
  private record Sample(String name, byte[] stream, ImagePixel image, boolean jpegLs) {

    byte[] decode(byte[] bytes) {
      CodedFrame frame =
          jpegLs
              ? JpegLs.decode(bytes, image, CodedSamples.LIMITS)
              : JpegImage.decode(bytes, image, CodedSamples.LIMITS);
      return frame.cells();
    }
  }

  @TestFactory
  Stream<DynamicTest> a_mutated_stream_is_decoded_or_refused() {
    return samples()
        .map(
            sample ->
                DynamicTest.dynamicTest(
                    sample.name(),
                    () -> assertTimeoutPreemptively(Duration.ofSeconds(60), () -> mutate(sample))));
  }

  private void mutate(Sample sample) {
    int cells = sample.decode(sample.stream()).length;
    int refused = 0;
    for (int round = 0; round < MUTATIONS; round++) {
      byte[] mutated = mutated(sample.stream());
      try {
        int octets = sample.decode(mutated).length;
        // The depth may have changed to one of larger or smaller cells.
        assertThat(octets).isIn(cells, cells * 2, cells / 2);
      } catch (PixelDataException refusal) {
        refused++;
        assertThat(refusal.getMessage()).isNotEmpty().hasSizeLessThan(300);
      }
    }
    assertThat(refused).isBetween(MUTATIONS / 20, MUTATIONS);
  }

  /** Half of the damage goes to the markers and tables, which are few bytes but matter most. */
  private byte[] mutated(byte[] sound) {
    byte[] bytes = sound.clone();
    if (random.nextInt(10) == 0) {
      return Arrays.copyOf(bytes, SOI_BYTES + random.nextInt(bytes.length - SOI_BYTES));
    }
    for (int left = 1 + random.nextInt(4); left > 0; left--) {
      int reach = random.nextBoolean() ? Math.min(200, bytes.length) : bytes.length;
      int at = SOI_BYTES + random.nextInt(reach - SOI_BYTES - 1);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> Arrays.fill(bytes, at, at + 2, (byte) (random.nextBoolean() ? 0xff : 0));
        case 3 -> bytes[at] = (byte) random.nextInt(5);
        default -> {
          int length = Math.min(1 + random.nextInt(16), bytes.length - at);
          System.arraycopy(bytes, random.nextInt(bytes.length - length), bytes, at, length);
        }
      }
    }
    return bytes;
  }

  private static Stream<Sample> samples() {
    int[] gray12 = CodedSamples.picture(ROWS, COLUMNS, 1, 12, 1);
    int[] gray8 = CodedSamples.picture(ROWS, COLUMNS, 1, 8, 2);
    int[] colour = CodedSamples.picture(ROWS, COLUMNS, 3, 8, 3);
    var lossless = GeneratedLossless.gray(COLUMNS, ROWS, 12).withPredictor(4);
    return Stream.of(
        jpeg("lossless grey", lossless.encode(gray12), 1, 12),
        jpeg("lossless restarting", lossless.withRestarts(3).encode(gray12), 1, 12),
        jpeg(
            "lossless colour",
            GeneratedLossless.gray(COLUMNS, ROWS, 8).ofColour(false).encode(colour),
            3,
            8),
        jpeg("progressive grey", GeneratedJpeg.progressive(COLUMNS, ROWS, 0.9f, gray8), 1, 8),
        jpeg("progressive colour", GeneratedJpeg.progressive(COLUMNS, ROWS, 0.7f, colour), 3, 8),
        jpeg("extended", deepened(GeneratedJpeg.restarting(COLUMNS, ROWS, 2, colour)), 3, 12),
        jpegLs("JPEG-LS grey", new GeneratedJpegLs(COLUMNS, ROWS, 1, 12, 0, 0, 0), gray12),
        jpegLs("JPEG-LS near", new GeneratedJpegLs(COLUMNS, ROWS, 1, 8, 3, 0, 5), gray8),
        jpegLs("JPEG-LS by line", new GeneratedJpegLs(COLUMNS, ROWS, 3, 8, 0, 1, 0), colour),
        jpegLs("JPEG-LS by sample", new GeneratedJpegLs(COLUMNS, ROWS, 3, 8, 1, 2, 7), colour));
  }

  private static Sample jpeg(String name, byte[] stream, int components, int bits) {
    return new Sample(name, stream, CodedSamples.image(ROWS, COLUMNS, components, bits), false);
  }

  private static Sample jpegLs(String name, GeneratedJpegLs encoder, int[] samples) {
    ImagePixel image = CodedSamples.image(ROWS, COLUMNS, encoder.components(), encoder.precision());
    return new Sample(name, encoder.encode(samples), image, true);
  }

  /** A baseline stream, called an extended one of 12 bits: a darker image, but a sound one. */
  private static byte[] deepened(byte[] stream) {
    for (int at = 0; at + 4 < stream.length; at++) {
      if (stream[at] == -1 && stream[at + 1] == (byte) 0xc0) {
        stream[at + 1] = (byte) 0xc1;
        stream[at + 4] = 12;
      }
    }
    return stream;
  }
}
