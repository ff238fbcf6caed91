package io.overread.dicom.pixel;

import static io.overread.dicom.pixel.GeneratedImage.bytes;
import static io.overread.dicom.pixel.GeneratedImage.longWords;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The fragments of a frame (PS3.5 A.4)")
class EncapsulatedFrameTest {
  private static final byte[] NO_TABLE = {};
  private static final byte[] SOI = bytes(0xff, 0xd8, 1, 1);
  private static final byte[] MORE = bytes(2, 2);

  @Test
  void all_fragments_make_the_only_frame() throws IOException {
    assertThat(frame(NO_TABLE, List.of(MORE, SOI, MORE), 1, 1))
        .containsExactly(2, 2, 0xff, 0xd8, 1, 1, 2, 2);
  }

  @Test
  void without_a_table_as_many_fragments_as_frames_are_one_each() throws IOException {
    assertThat(frame(NO_TABLE, List.of(bytes(1, 1), bytes(2, 2)), 2, 2)).containsExactly(2, 2);
  }

  @Test
  void without_a_table_a_frame_starts_where_a_JPEG_stream_does() throws IOException {
    List<byte[]> fragments = List.of(SOI, MORE, bytes(0xff, 0xd8, 3, 3), MORE, MORE);
    assertThat(frame(NO_TABLE, fragments, 2, 1)).containsExactly(0xff, 0xd8, 1, 1, 2, 2);
    assertThat(frame(NO_TABLE, fragments, 2, 2)).containsExactly(0xff, 0xd8, 3, 3, 2, 2, 2, 2);
  }

  @Test
  void the_Basic_Offset_Table_tells_where_a_frame_starts() throws IOException {
    List<byte[]> fragments = List.of(bytes(1, 1), bytes(2, 2, 2, 2), bytes(3, 3));
    assertThat(frame(longWords(0, 22), fragments, 2, 1)).containsExactly(1, 1, 2, 2, 2, 2);
    assertThat(frame(longWords(0, 22), fragments, 2, 2)).containsExactly(3, 3);
    assertThat(frame(longWords(0, 10), fragments, 2, 2)).containsExactly(2, 2, 2, 2, 3, 3);
  }

  @Test
  void a_Basic_Offset_Table_that_makes_no_sense_is_passed_over() throws IOException {
    List<byte[]> fragments = List.of(bytes(1, 1), bytes(2, 2));
    assertThat(frame(longWords(0), fragments, 2, 2)).containsExactly(2, 2);
    assertThat(frame(longWords(10, 0), fragments, 2, 2)).containsExactly(2, 2);
    assertThat(frame(longWords(0, 0), fragments, 2, 2)).containsExactly(2, 2);
  }

  @Test
  void the_Extended_Offset_Table_comes_first_and_tells_lengths() throws IOException {
    DataSet dataSet = new DataSet();
    dataSet.putBytes(Tag.ExtendedOffsetTable, Vr.OV, veryLongs(0, 12));
    dataSet.putBytes(Tag.ExtendedOffsetTableLengths, Vr.OV, veryLongs(3, 1));
    List<byte[]> fragments = List.of(bytes(1, 1, 1, 0), bytes(2, 0));
    assertThat(frame(dataSet, NO_TABLE, fragments, 2, 1)).containsExactly(1, 1, 1);
    assertThat(frame(dataSet, NO_TABLE, fragments, 2, 2)).containsExactly(2);
  }

  @Test
  void a_frame_that_cannot_be_found_is_refused() {
    assertThatExceptionOfType(PixelDataException.class)
        .isThrownBy(() -> frame(NO_TABLE, List.of(MORE, MORE, MORE), 2, 1))
        .withMessage("3 fragments for Number of Frames 2 and no offset table");
    assertThatExceptionOfType(PixelDataException.class)
        .isThrownBy(() -> frame(longWords(0, 9), List.of(MORE, MORE), 2, 2))
        .withMessage("an offset table points into a fragment");
    assertThatExceptionOfType(PixelDataException.class)
        .isThrownBy(() -> frame(longWords(0, 99), List.of(MORE, MORE), 2, 2))
        .withMessage("no fragment for the frame");
  }

  @Test
  void a_frame_over_the_limit_is_refused() {
    assertThatExceptionOfType(PixelDataException.class)
        .isThrownBy(() -> frame(NO_TABLE, List.of(new byte[1001]), 1, 1))
        .withMessage("an encoded frame of 1001 bytes");
  }

  private static int[] frame(byte[] table, List<byte[]> fragments, int numberOfFrames, int frame)
      throws IOException {
    return frame(new DataSet(), table, fragments, numberOfFrames, frame);
  }

  private static int[] frame(
      DataSet dataSet, byte[] table, List<byte[]> fragments, int numberOfFrames, int frame)
      throws IOException {
    GeneratedImage.putFragments(dataSet, table, fragments);
    byte[] bytes =
        EncapsulatedFrame.read(
            dataSet,
            dataSet.fragments(Tag.PixelData).orElseThrow(),
            numberOfFrames,
            frame,
            new PixelLimits(1000, 1000));
    int[] octets = new int[bytes.length];
    for (int index = 0; index < bytes.length; index++) {
      octets[index] = bytes[index] & 0xff;
    }
    return octets;
  }

  private static byte[] veryLongs(long... values) {
    ByteBuffer buffer =
        ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : values) {
      buffer.putLong(value);
    }
    return buffer.array();
  }
}
