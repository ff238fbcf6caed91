package io.overread.gateway.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.pixel.CodedSamples;
import io.overread.dicom.pixel.DecodedFrame;
import io.overread.dicom.pixel.FrameDecoder;
import io.overread.dicom.pixel.FrameRaster;
import io.overread.dicom.pixel.GeneratedImage;
import io.overread.dicom.pixel.PixelLimits;
import io.overread.dicom.pixel.StoredBits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What DCMTK compresses, decoded by us and by DCMTK: the same values, every one. */
class DcmtkCodecsIT {
  private static final int ROWS = 61;
  private static final int COLUMNS = 75;
  private static final List<StoredBits> GREYS =
      List.of(
          new StoredBits(8, 8, 7, false),
          new StoredBits(16, 10, 9, false),
          new StoredBits(16, 12, 11, false),
          new StoredBits(16, 16, 15, false),
          new StoredBits(16, 12, 11, true),
          new StoredBits(16, 16, 15, true));

  private final FrameDecoder decoder = new FrameDecoder(PixelLimits.STANDARD);
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void lossless_with_every_predictor(int predictor) throws IOException {
    for (StoredBits bits : GREYS) {
      isDecodedAlike(gray(bits), "dcmcjpeg", "+el", "+sv", "" + predictor);
    }
    isDecodedAlike(rgb(), "dcmcjpeg", "+el", "+sv", "" + predictor);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void lossless_first_order_and_with_a_point_transform(int shift) throws IOException {
    isDecodedAlike(gray(GREYS.get(2)), "dcmcjpeg", "+e1");
    isDecodedAlike(rgb(), "dcmcjpeg", "+e1");
    isDecodedAlike(gray(GREYS.get(2)), "dcmcjpeg", "+el", "+sv", "4", "+pt", "" + shift);
    isDecodedAlike(rgb(), "dcmcjpeg", "+el", "+sv", "7", "+pt", "" + shift);
  }

  @ParameterizedTest
  @ValueSource(strings = {"+ee", "+es", "+ep"})
  void grey_extended_and_progressive_of_8_and_12_bits(String process) throws IOException {
    for (String quality : List.of("20", "90", "100")) {
      isDecodedAlike(gray(GREYS.get(0)), "dcmcjpeg", process, "+q", quality);
      isDecodedAlike(gray(GREYS.get(2)), "dcmcjpeg", process, "+q", quality);
      isDecodedAlike(gray(GREYS.get(3)), "dcmcjpeg", process, "+q", quality, "+bt");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"+ee", "+es", "+ep"})
  void colour_extended_and_progressive_however_subsampled(String process) throws IOException {
    for (String sampling : List.of("+s2", "+s4", "+n2", "+n1", "+np")) {
      isDecodedAlike(rgb(), "dcmcjpeg", process, "+q", "80", sampling);
    }
    isDecodedAlike(rgb(), "dcmcjpeg", process, "+cr");
    isDecodedAlike(rgb(), "dcmcjpeg", process, "+bt");
  }

  /** Without the "cooked" mode for signed samples: DCMTK 3.6.7's encoder stops at them. */
  @ParameterizedTest
  @ValueSource(strings = {"+il", "+is", "+in"})
  void JPEG_LS_of_every_interleaving(String interleave) throws IOException {
    for (StoredBits bits : GREYS) {
      isDecodedAlike(gray(bits), "dcmcjpls", interleave);
      if (!bits.signed()) {
        isDecodedAlike(gray(bits), "dcmcjpls", interleave, "+pc");
      }
    }
    isDecodedAlike(rgb(), "dcmcjpls", interleave);
    for (String near : List.of("1", "3", "20")) {
      isDecodedAlike(gray(GREYS.get(2)), "dcmcjpls", "+en", "+md", near, interleave);
      isDecodedAlike(rgb(), "dcmcjpls", "+en", "+md", near, interleave);
    }
  }

  /** Grey only: with colour and these options DCMTK 3.6.7's encoder crashes. */
  @ParameterizedTest
  @ValueSource(strings = {"3", "64", "255"})
  void JPEG_LS_with_preset_parameters(String reset) throws IOException {
    for (StoredBits bits : GREYS) {
      isDecodedAlike(gray(bits), "dcmcjpls", "+t1", "5", "+t2", "9", "+t3", "30", "+rs", reset);
    }
  }

  private void isDecodedAlike(DataSet image, String encoder, String... options) throws IOException {
    boolean jpegLs = encoder.equals("dcmcjpls");
    Dcmtk.require(encoder);
    Path encoded = folder.resolve("encoded.dcm");
    Path decoded = folder.resolve("decoded.dcm");
    Files.deleteIfExists(encoded);
    Files.deleteIfExists(decoded);
    List<String> command = new ArrayList<>(List.of(encoder));
    command.addAll(List.of(options));
    Path plain = GeneratedImage.write(folder, Uid.ExplicitVRLittleEndian, image);
    command.add(plain.toString());
    command.add(encoded.toString());
    assertThat(Dcmtk.run(command)).describedAs("%s", command).isTrue();
    List<String> back = jpegLs ? List.of("dcmdjpls") : List.of("dcmdjpeg", "+cn");
    command = new ArrayList<>(back);
    command.add(encoded.toString());
    command.add(decoded.toString());
    assertThat(Dcmtk.run(command)).describedAs("%s", command).isTrue();
    assertThat(values(encoded)).describedAs("%s", List.of(options)).isEqualTo(values(decoded));
    Files.delete(plain);
  }

  private long[] values(Path file) throws IOException {
    FrameRaster stored = ((DecodedFrame) decoder.decode(file, 1)).stored();
    return LongStream.range(0, stored.size()).map(index -> stored.value((int) index)).toArray();
  }

  private static DataSet gray(StoredBits bits) {
    int[] samples = CodedSamples.picture(ROWS, COLUMNS, 1, bits.bitsStored(), bits.bitsStored());
    DataSet image = GeneratedImage.of("MONOCHROME2", ROWS, COLUMNS, bits);
    return bits.bitsAllocated() > Byte.SIZE
        ? image.putBytes(Tag.PixelData, Vr.OW, GeneratedImage.words(samples))
        : image.putBytes(Tag.PixelData, Vr.OB, even(GeneratedImage.bytes(samples)));
  }

  private static DataSet rgb() {
    byte[] samples = GeneratedImage.bytes(CodedSamples.picture(ROWS, COLUMNS, 3, 8, 1));
    return GeneratedImage.of("RGB", ROWS, COLUMNS, GREYS.getFirst())
        .putBytes(Tag.PixelData, Vr.OB, even(samples));
  }

  private static byte[] even(byte[] bytes) {
    return Arrays.copyOf(bytes, (bytes.length + 1) / 2 * 2);
  }
}
