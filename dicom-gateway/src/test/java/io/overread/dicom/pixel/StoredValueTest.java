package io.overread.dicom.pixel;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stored values out of native pixel data, in every cell layout and byte order. */
class StoredValueTest {
  @TempDir private Path folder;

  @Test
  void cells_of_16_bits_come_in_both_byte_orders() {
    DataSet image = GeneratedImage.monochrome16(1, 3, 0x0102, 0xfffe, 7);
    assertThat(stored(Uid.ExplicitVRLittleEndian, image, 1)).containsExactly(0x0102, 0xfffe, 7);
    assertThat(stored(Uid.ImplicitVRLittleEndian, image, 1)).containsExactly(0x0102, 0xfffe, 7);
    assertThat(stored(Uid.ExplicitVRBigEndian, image, 1)).containsExactly(0x0102, 0xfffe, 7);
    assertThat(stored(Uid.DeflatedExplicitVRLittleEndian, image, 1))
        .containsExactly(0x0102, 0xfffe, 7);
  }

  @Test
  void bits_outside_of_those_stored_are_masked_off() {
    DataSet image = monochrome(1, 3, new StoredBits(16, 12, 11, false));
    image.putBytes(Tag.PixelData, Vr.OW, GeneratedImage.words(0xf123, 0x1fff, 0x8000));
    assertThat(stored(Uid.ExplicitVRLittleEndian, image, 1)).containsExactly(0x123, 0xfff, 0);
  }

  @Test
  void a_sample_may_lie_high_in_its_cell() {
    DataSet image = monochrome(1, 2, new StoredBits(16, 12, 15, false));
    image.putBytes(Tag.PixelData, Vr.OW, GeneratedImage.words(0x123f, 0xfff0));
    assertThat(stored(Uid.ExplicitVRLittleEndian, image, 1)).containsExactly(0x123, 0xfff);
  }

  @Test
  void the_sign_of_signed_samples_is_extended_from_the_high_bit() {
    DataSet image = monochrome(1, 4, new StoredBits(16, 12, 11, true));
    image.putBytes(Tag.PixelData, Vr.OW, GeneratedImage.words(0x0800, 0x0fff, 0x07ff, 0xf001));
    assertThat(stored(Uid.ExplicitVRLittleEndian, image, 1)).containsExactly(-2048, -1, 2047, 1);
  }

  @Test
  void signed_bytes_keep_their_sign() {
    DataSet image = monochrome(1, 3, new StoredBits(8, 8, 7, true));
    image.putBytes(Tag.PixelData, Vr.OB, GeneratedImage.bytes(0x80, 0xff, 0x7f));
    assertThat(stored(Uid.ExplicitVRLittleEndian, image, 1)).containsExactly(-128, -1, 127);
  }

  @Test
  void frames_of_1_bit_need_not_start_at_a_byte() {
    DataSet image = monochrome(1, 5, new StoredBits(1, 1, 0, false));
    image.putString(Tag.NumberOfFrames, "3");
    // 10110 01101 11100, the first pixel in the least significant bit
    image.putBytes(Tag.PixelData, Vr.OB, GeneratedImage.bytes(0b11001101, 0b00011110));
    assertThat(stored(Uid.ExplicitVRLittleEndian, image, 1)).containsExactly(1, 0, 1, 1, 0);
    assertThat(stored(Uid.ExplicitVRLittleEndian, image, 2)).containsExactly(0, 1, 1, 0, 1);
    assertThat(stored(Uid.ExplicitVRLittleEndian, image, 3)).containsExactly(1, 1, 1, 0, 0);
  }

  @Test
  void cells_of_12_bits_are_packed_without_gaps() {
    DataSet image = monochrome(1, 2, new StoredBits(12, 12, 11, false));
    image.putBytes(Tag.PixelData, Vr.OW, GeneratedImage.bytes(0x23, 0x61, 0x45, 0));
    assertThat(stored(Uid.ExplicitVRLittleEndian, image, 1)).containsExactly(0x123, 0x456);
  }

  @Test
  void samples_of_32_bits_are_read_with_and_without_sign() {
    byte[] cells = GeneratedImage.longWords(-1, Integer.MIN_VALUE);
    DataSet unsigned = monochrome(1, 2, new StoredBits(32, 32, 31, false));
    unsigned.putBytes(Tag.PixelData, Vr.OW, cells);
    assertThat(stored(Uid.ExplicitVRLittleEndian, unsigned, 1))
        .containsExactly(0xffffffffL, 0x80000000L);
    DataSet signed = monochrome(1, 2, new StoredBits(32, 32, 31, true));
    signed.putBytes(Tag.PixelData, Vr.OW, cells);
    assertThat(stored(Uid.ExplicitVRLittleEndian, signed, 1)).containsExactly(-1, -0x80000000L);
  }

  @Test
  void big_endian_bytes_are_swapped_in_OW_and_not_in_OB() {
    DataSet image = monochrome(1, 4, new StoredBits(8, 8, 7, false));
    image.putBytes(Tag.PixelData, Vr.OW, GeneratedImage.bytes(1, 2, 3, 4));
    assertThat(stored(Uid.ExplicitVRBigEndian, image, 1)).containsExactly(1, 2, 3, 4);
    image.putBytes(Tag.PixelData, Vr.OB, GeneratedImage.bytes(1, 2, 3, 4));
    assertThat(stored(Uid.ExplicitVRBigEndian, image, 1)).containsExactly(1, 2, 3, 4);
  }

  @Test
  void frames_of_odd_length_follow_each_other_in_big_endian_words_too() {
    DataSet image = monochrome(1, 3, new StoredBits(8, 8, 7, false));
    image.putString(Tag.NumberOfFrames, "3");
    image.putBytes(Tag.PixelData, Vr.OW, GeneratedImage.bytes(1, 2, 3, 4, 5, 6, 7, 8, 9, 0));
    for (String syntax : new String[] {Uid.ExplicitVRLittleEndian, Uid.ExplicitVRBigEndian}) {
      assertThat(stored(syntax, image, 1)).containsExactly(1, 2, 3);
      assertThat(stored(syntax, image, 2)).containsExactly(4, 5, 6);
      assertThat(stored(syntax, image, 3)).containsExactly(7, 8, 9);
    }
  }

  @Test
  void colour_by_plane_and_colour_by_pixel_give_the_same_samples() {
    DataSet byPixel = GeneratedImage.octets("RGB", 1, 2, 1, 2, 3, 4, 5, 6);
    DataSet byPlane = GeneratedImage.octets("RGB", 1, 2, 1, 4, 2, 5, 3, 6);
    byPlane.putInteger(Tag.PlanarConfiguration, 1);
    assertThat(stored(Uid.ExplicitVRLittleEndian, byPixel, 1)).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(stored(Uid.ExplicitVRLittleEndian, byPlane, 1)).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void planes_of_16_bit_colour_are_interleaved_by_words() {
    DataSet image = GeneratedImage.of("RGB", 1, 2, new StoredBits(16, 16, 15, false));
    image.putInteger(Tag.PlanarConfiguration, 1);
    image.putBytes(Tag.PixelData, Vr.OW, GeneratedImage.words(0x101, 2, 0x303, 4, 0x505, 6));
    assertThat(stored(Uid.ExplicitVRLittleEndian, image, 1))
        .containsExactly(0x101, 0x303, 0x505, 2, 4, 6);
  }

  @Test
  void two_pixels_share_their_chrominance_in_YBR_FULL_422() {
    DataSet image = GeneratedImage.octets("YBR_FULL_422", 1, 4, 10, 11, 1, 2, 20, 21, 3, 4);
    assertThat(stored(Uid.ExplicitVRLittleEndian, image, 1))
        .containsExactly(10, 1, 2, 11, 1, 2, 20, 3, 4, 21, 3, 4);
  }

  @Test
  void YBR_FULL_422_that_leaves_nothing_out_is_read_as_it_is() {
    DataSet image = GeneratedImage.octets("YBR_FULL_422", 1, 2, 1, 2, 3, 4, 5, 6);
    assertThat(stored(Uid.ExplicitVRLittleEndian, image, 1)).containsExactly(1, 2, 3, 4, 5, 6);
  }

  private static DataSet monochrome(int rows, int columns, StoredBits bits) {
    return GeneratedImage.of("MONOCHROME2", rows, columns, bits);
  }

  private long[] stored(String transferSyntaxUid, DataSet dataSet, int frame) {
    Path file = GeneratedImage.write(folder, transferSyntaxUid, dataSet);
    try {
      FrameDecoding decoding = new FrameDecoder(PixelLimits.STANDARD).decode(file, frame);
      assertThat(decoding).isInstanceOf(DecodedFrame.class);
      FrameRaster raster = ((DecodedFrame) decoding).stored();
      return LongStream.range(0, raster.size()).map(index -> raster.value((int) index)).toArray();
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }
}
