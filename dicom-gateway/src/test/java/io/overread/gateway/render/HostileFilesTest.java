package io.overread.gateway.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.pixel.CodedSamples;
import io.overread.dicom.pixel.GeneratedImage;
import io.overread.dicom.pixel.GeneratedJpeg;
import io.overread.dicom.pixel.GeneratedJpegLs;
import io.overread.dicom.pixel.GeneratedLossless;
import io.overread.dicom.pixel.PixelLimits;
import io.overread.dicom.pixel.StoredBits;
import io.overread.dicom.pixel.jpeg2000.ReferenceStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a file holds, the answer is an image or a reason, and it comes soon. */
class HostileFilesTest {
  private static final int SIDE = 16;
  private static final int MUTATIONS = 400;

  private final FrameRenderer renderer = new FrameRenderer(new PixelLimits(1 << 20, 1 << 20));
  private final Random random = new Random(20261123);
  @TempDir private Path folder;

  /** A file to be damaged. */
  private record Sample(String name, String transferSyntaxUid, DataSet dataSet) {}

  @TestFactory
  Stream<DynamicTest> a_damaged_file_gives_an_image_or_a_reason() {
    return samples()
        .map(
            sample ->
                DynamicTest.dynamicTest(
                    sample.name(),
                    () ->
                        assertTimeoutPreemptively(
                            Duration.ofSeconds(60), () -> damageAndRender(sample))));
  }

  @Test
  void a_small_stream_that_claims_a_large_image_is_refused_before_it_is_decoded() {
    byte[] stream = GeneratedJpeg.gray(SIDE, SIDE, new int[SIDE * SIDE]);
    for (int at = 0; at + 8 < stream.length; at++) {
      if (stream[at] == -1 && stream[at + 1] == (byte) 0xc0) {
        Arrays.fill(stream, at + 5, at + 9, (byte) 0xff);
      }
    }
    DataSet image = GeneratedImage.of("MONOCHROME2", 65535, 65535, new StoredBits(8, 8, 7, false));
    GeneratedImage.putFragments(image, new byte[0], List.of(stream));
    assertThat(renderer.render(write(Uid.JPEGBaseline8Bit, image), 1, null))
        .isInstanceOf(NotRendered.class);
    image.putInteger(Tag.Rows, SIDE);
    image.putInteger(Tag.Columns, SIDE);
    assertThat(renderer.render(write(Uid.JPEGBaseline8Bit, image), 1, null))
        .isInstanceOf(NotRendered.class);
  }

  private void damageAndRender(Sample sample) throws IOException {
    Path file = write(sample.transferSyntaxUid(), sample.dataSet());
    byte[] sound = Files.readAllBytes(file);
    assertThat(renderer.render(file, 1, null)).isInstanceOf(RenderedImage.class);
    int refused = 0;
    for (int round = 0; round < MUTATIONS; round++) {
      Files.write(file, damaged(sound));
      Rendering rendering = renderer.render(file, 1, null);
      if (rendering instanceof NotRendered(var cause, String reason)) {
        refused++;
        assertThat(cause).isNotNull();
        assertThat(reason).isNotEmpty().hasSizeLessThan(300);
      }
      Pixels pixels = renderer.pixels(file, 1);
      assertThat(pixels instanceof NotRendered).isEqualTo(rendering instanceof NotRendered);
    }
    assertThat(refused).isBetween(1, MUTATIONS);
  }

  /** The preamble stays: what follows is cut, or some of its bytes or words are changed. */
  private byte[] damaged(byte[] sound) {
    byte[] bytes = sound.clone();
    int header = 132;
    if (random.nextInt(8) == 0) {
      return Arrays.copyOf(bytes, header + random.nextInt(bytes.length - header));
    }
    for (int left = 1 + random.nextInt(4); left > 0; left--) {
      int at = header + random.nextInt(bytes.length - header - 1);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> Arrays.fill(bytes, at, at + 2, (byte) (random.nextBoolean() ? 0xff : 0));
        default -> {
          int length = Math.min(1 + random.nextInt(16), bytes.length - at);
          System.arraycopy(bytes, header, bytes, at, Math.min(length, at - header));
        }
      }
    }
    return bytes;
  }

  private Stream<Sample> samples() {
    return Stream.of(
        new Sample("native", Uid.ExplicitVRLittleEndian, withLuts(gray16())),
        new Sample("big endian", Uid.ExplicitVRBigEndian, gray16()),
        new Sample("deflated", Uid.DeflatedExplicitVRLittleEndian, gray16()),
        new Sample("palette", Uid.ImplicitVRLittleEndian, palette()),
        new Sample("run lengths", Uid.RLELossless, runLengths()),
        new Sample("JPEG grey", Uid.JPEGBaseline8Bit, jpeg("MONOCHROME2", 1)),
        new Sample("JPEG colour", Uid.JPEGBaseline8Bit, jpeg("YBR_FULL_422", 3)),
        new Sample("JPEG Lossless", Uid.JPEGLosslessSV1, lossless()),
        new Sample("JPEG progressive", Uid.JPEGFullProgressionNonHierarchical1012, progressive()),
        new Sample("JPEG-LS", Uid.JPEGLSLossless, jpegLs()),
        new Sample("JPEG 2000", Uid.JPEG2000, jpeg2000("order-changes")),
        new Sample("HTJ2K", Uid.HTJ2K, jpeg2000("ht-colour")),
        new Sample("deflated frame", Uid.DeflatedImageFrameCompression, deflated()));
  }

  private static DataSet jpeg2000(String name) {
    ReferenceStream stream = ReferenceStream.named(name);
    DataSet image =
        GeneratedImage.of(
            "YBR_RCT", stream.rows(), stream.columns(), new StoredBits(8, 8, 7, false));
    return GeneratedImage.putFragments(image, new byte[0], List.of(stream.bytes()));
  }

  private DataSet deflated() {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    byte[] stream = new byte[SIDE * SIDE * 3];
    deflater.setInput(randomBytes(SIDE * SIDE * 2));
    deflater.finish();
    int length = deflater.deflate(stream);
    deflater.end();
    return gray12(Arrays.copyOf(stream, length));
  }

  private static DataSet lossless() {
    var encoder = GeneratedLossless.gray(SIDE, SIDE, 12);
    return gray12(encoder.encode(CodedSamples.picture(SIDE, SIDE, 1, 12, 1)));
  }

  private static DataSet jpegLs() {
    var encoder = new GeneratedJpegLs(SIDE, SIDE, 1, 12, 0, 0, 0);
    return gray12(encoder.encode(CodedSamples.picture(SIDE, SIDE, 1, 12, 1)));
  }

  private static DataSet gray12(byte[] stream) {
    DataSet image = GeneratedImage.of("MONOCHROME2", SIDE, SIDE, new StoredBits(16, 12, 11, true));
    return GeneratedImage.putFragments(image, new byte[0], List.of(stream));
  }

  private static DataSet progressive() {
    int[] samples = CodedSamples.picture(SIDE, SIDE, 3, 8, 1);
    byte[] stream = GeneratedJpeg.progressive(SIDE, SIDE, 0.9f, samples);
    DataSet image = GeneratedImage.of("YBR_FULL", SIDE, SIDE, new StoredBits(8, 8, 7, false));
    return GeneratedImage.putFragments(image, new byte[0], List.of(stream));
  }

  private DataSet gray16() {
    DataSet image = GeneratedImage.of("MONOCHROME2", SIDE, SIDE, new StoredBits(16, 12, 11, true));
    image.putString(Tag.NumberOfFrames, "2");
    image.putString(Tag.RescaleSlope, "1.5").putString(Tag.RescaleIntercept, "-1024");
    return image.putBytes(Tag.PixelData, Vr.OW, randomBytes(SIDE * SIDE * 4));
  }

  private static DataSet withLuts(DataSet image) {
    DataSet lut = new DataSet().putInteger(Tag.LUTDescriptor, Vr.US, 4, 0, 12);
    lut.putBytes(Tag.LUTData, Vr.OW, GeneratedImage.words(1, 200, 3000, 4095));
    image.putItems(Tag.VOILUTSequence, lut);
    image.remove(Tag.RescaleSlope).remove(Tag.RescaleIntercept);
    return image.putItems(Tag.ModalityLUTSequence, lut.copy());
  }

  private DataSet palette() {
    DataSet image = GeneratedImage.of("PALETTE COLOR", SIDE, SIDE, new StoredBits(8, 8, 7, false));
    for (int tag :
        new int[] {
          Tag.RedPaletteColorLookupTableDescriptor,
          Tag.GreenPaletteColorLookupTableDescriptor,
          Tag.BluePaletteColorLookupTableDescriptor
        }) {
      image.putInteger(tag, Vr.US, 256, 0, 16);
      byte[] segments = GeneratedImage.words(0, 1, 0, 1, 200, 60_000, 2, 1, 6, 0);
      image.putBytes(tag + 0x120, Vr.OW, segments);
    }
    return image.putBytes(Tag.PixelData, Vr.OW, randomBytes(SIDE * SIDE));
  }

  private DataSet runLengths() {
    DataSet image = GeneratedImage.of("MONOCHROME2", SIDE, SIDE, new StoredBits(16, 16, 15, false));
    byte[] frame =
        GeneratedImage.runLengthLiterals(randomBytes(SIDE * SIDE), randomBytes(SIDE * SIDE));
    image.putString(Tag.NumberOfFrames, "2");
    return GeneratedImage.putFragments(
        image, GeneratedImage.longWords(0, 8 + frame.length), List.of(frame, frame));
  }

  private DataSet jpeg(String photometric, int samples) {
    int[] values = new int[SIDE * SIDE * samples];
    Arrays.setAll(values, index -> random.nextInt(256));
    byte[] stream =
        samples == 1
            ? GeneratedJpeg.gray(SIDE, SIDE, values)
            : GeneratedJpeg.components(SIDE, SIDE, values);
    byte[] start = Arrays.copyOf(stream, stream.length / 4 * 2);
    byte[] rest = Arrays.copyOfRange(stream, start.length, stream.length);
    DataSet image = GeneratedImage.of(photometric, SIDE, SIDE, new StoredBits(8, 8, 7, false));
    return GeneratedImage.putFragments(image, new byte[0], List.of(start, rest));
  }

  private byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private Path write(String transferSyntaxUid, DataSet dataSet) {
    return GeneratedImage.write(folder, transferSyntaxUid, dataSet);
  }
}
