package io.overread.dicom.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.overread.dicom.pixel.jpeg2000.ReferenceStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whatever a coded frame holds, it is decoded or refused: no other failure, and soon. */
class MutatedStreamsTest {
  private static final int ROWS = 24;
  private static final int COLUMNS = 33;

  /** Of each stream; ten times as many by {@code -Doverread.mutations=15000}. */
  private static final int MUTATIONS = Integer.getInteger("overread.mutations", 1500);

  private static final int SOI_BYTES = 2;

  /** One for each way through the decoder. */
  private static final List<String> JPEG_2000 =
      List.of(
          "rlcp-layers",
          "rpcl-precincts",
          "tile-parts",
          "offsets-colour",
          "all-styles",
          "order-changes",
          "irreversible-colour",
          "packed-in-main",
          "subsampled",
          "jp2",
          "ht-colour",
          "ht-tiles",
          "ht-refinement",
          "ht-irreversible");

  private final Random random = new Random(20261125);

  /** A stream to be damaged. */
  private record Sample(String name, byte[] stream, ImagePixel image, Codec codec) {

    byte[] decode(byte[] bytes) {
      return codec.decode(bytes, image, CodedSamples.LIMITS).cells();
    }
  }

  @FunctionalInterface
  private interface Codec {
    CodedFrame decode(byte[] bytes, ImagePixel image, PixelLimits limits);
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
        assertThat(octets).isIn(cells, cells * 2, cells / 2, cells * 4, cells / 4);
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
    Stream<Sample> jpeg =
        Stream.of(
            jpeg("lossless grey", lossless.encode(gray12), 1, 12),
            jpeg("lossless restarting", lossless.withRestarts(3).encode(gray12), 1, 12),
            jpeg(
                "lossless colour",
                GeneratedLossless.gray(COLUMNS, ROWS, 8).ofColour(false).encode(colour),
                3,
                8),
            jpeg("progressive grey", GeneratedJpeg.progressive(COLUMNS, ROWS, 0.9f, gray8), 1, 8),
            jpeg(
                "progressive colour", GeneratedJpeg.progressive(COLUMNS, ROWS, 0.7f, colour), 3, 8),
            jpeg("extended", deepened(GeneratedJpeg.restarting(COLUMNS, ROWS, 2, colour)), 3, 12),
            jpegLs("JPEG-LS grey", new GeneratedJpegLs(COLUMNS, ROWS, 1, 12, 0, 0, 0), gray12),
            jpegLs("JPEG-LS near", new GeneratedJpegLs(COLUMNS, ROWS, 1, 8, 3, 0, 5), gray8),
            jpegLs("JPEG-LS by line", new GeneratedJpegLs(COLUMNS, ROWS, 3, 8, 0, 1, 0), colour),
            jpegLs("JPEG-LS by sample", new GeneratedJpegLs(COLUMNS, ROWS, 3, 8, 1, 2, 7), colour));
    return Stream.concat(jpeg, JPEG_2000.stream().map(MutatedStreamsTest::jpeg2000));
  }

  private static Sample jpeg2000(String name) {
    ReferenceStream stream = ReferenceStream.named(name);
    ImagePixel image =
        CodedSamples.image(stream.rows(), stream.columns(), stream.components(), stream.bits());
    Codec codec = (bytes, declared, limits) -> Jpeg2000.decode(bytes, declared, limits, true);
    return new Sample("JPEG 2000 " + name, stream.bytes(), image, codec);
  }

  private static Sample jpeg(String name, byte[] stream, int components, int bits) {
    return new Sample(
        name, stream, CodedSamples.image(ROWS, COLUMNS, components, bits), JpegImage::decode);
  }

  private static Sample jpegLs(String name, GeneratedJpegLs encoder, int[] samples) {
    ImagePixel image = CodedSamples.image(ROWS, COLUMNS, encoder.components(), encoder.precision());
    return new Sample(name, encoder.encode(samples), image, JpegLs::decode);
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
