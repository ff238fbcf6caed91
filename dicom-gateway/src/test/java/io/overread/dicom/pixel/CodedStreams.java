package io.overread.dicom.pixel;

import io.overread.dicom.pixel.jpeg2000.ReferenceStream;
import java.util.List;
import java.util.stream.Stream;

/** Small streams of every codec, for each way through it. */
public final class CodedStreams {
  /** What of a stream is left sound: the SOI of JPEG, without which nothing else is looked at. */
  public static final int KEPT = 2;

  private static final int ROWS = 24;
  private static final int COLUMNS = 33;

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

  private CodedStreams() {}

  /** A stream to be damaged. */
  public record Sample(String name, byte[] stream, ImagePixel image, Codec codec) {

    /** Whether bytes in the stream's place are decoded; false if they are refused. */
    public boolean decodes(byte[] bytes) {
      try {
        decode(bytes);
        return true;
      } catch (PixelDataException refusal) {
        return false;
      }
    }

    byte[] decode(byte[] bytes) {
      return codec.decode(bytes, image, CodedSamples.LIMITS).cells();
    }
  }

  @FunctionalInterface
  interface Codec {
    CodedFrame decode(byte[] bytes, ImagePixel image, PixelLimits limits);
  }

  /** All of them. */
  public static Stream<Sample> samples() {
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
    return Stream.concat(jpeg, JPEG_2000.stream().map(CodedStreams::jpeg2000));
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
