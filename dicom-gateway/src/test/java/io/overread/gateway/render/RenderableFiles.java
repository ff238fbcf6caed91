package io.overread.gateway.render;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.pixel.CodedSamples;
import io.overread.dicom.pixel.GeneratedImage;
import io.overread.dicom.pixel.GeneratedJpeg;
import io.overread.dicom.pixel.GeneratedJpegLs;
import io.overread.dicom.pixel.GeneratedLossless;
import io.overread.dicom.pixel.StoredBits;
import io.overread.dicom.pixel.jpeg2000.ReferenceStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.Deflater;

/** Small images for each way through the renderer. */
public final class RenderableFiles {
  /** Preamble and prefix of a file, PS3.10 7.1. */
  public static final int HEADER = 132;

  private static final int SIDE = 16;
  private static final Random RANDOM = new Random(20261123);

  private RenderableFiles() {}

  /** A file to be damaged. */
  public record Sample(String name, String transferSyntaxUid, DataSet dataSet) {}

  /** All of them. */
  public static Stream<Sample> samples() {
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

  private static DataSet deflated() {
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

  private static DataSet gray16() {
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

  private static DataSet palette() {
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

  private static DataSet runLengths() {
    DataSet image = GeneratedImage.of("MONOCHROME2", SIDE, SIDE, new StoredBits(16, 16, 15, false));
    byte[] frame =
        GeneratedImage.runLengthLiterals(randomBytes(SIDE * SIDE), randomBytes(SIDE * SIDE));
    image.putString(Tag.NumberOfFrames, "2");
    return GeneratedImage.putFragments(
        image, GeneratedImage.longWords(0, 8 + frame.length), List.of(frame, frame));
  }

  private static DataSet jpeg(String photometric, int samples) {
    int[] values = new int[SIDE * SIDE * samples];
    Arrays.setAll(values, index -> RANDOM.nextInt(256));
    byte[] stream =
        samples == 1
            ? GeneratedJpeg.gray(SIDE, SIDE, values)
            : GeneratedJpeg.components(SIDE, SIDE, values);
    byte[] start = Arrays.copyOf(stream, stream.length / 4 * 2);
    byte[] rest = Arrays.copyOfRange(stream, start.length, stream.length);
    DataSet image = GeneratedImage.of(photometric, SIDE, SIDE, new StoredBits(8, 8, 7, false));
    return GeneratedImage.putFragments(image, new byte[0], List.of(start, rest));
  }

  private static byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
