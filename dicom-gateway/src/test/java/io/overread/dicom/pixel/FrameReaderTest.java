package io.overread.dicom.pixel;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Frames without decoding them. */
class FrameReaderTest {

  private final FrameReader reader = new FrameReader(PixelLimits.STANDARD);

  @Test
  void a_frame_of_single_bits_begins_with_its_first_byte_wherever_it_is_stored()
      throws IOException {
    // Two frames of nine bits: all ones, then 1 0 1 0 1 0 1 0 1.
    DataSet dataSet = image(1, 3, 3, 2).putBytes(Tag.PixelData, Vr.OB, new byte[] {-1, -85, 2, 0});
    assertThat(bytes(dataSet, 2)).containsExactly(0x55, 0x01);
  }

  @Test
  void a_native_frame_is_its_own_bytes_alone() throws IOException {
    DataSet dataSet =
        image(8, 1, 2, 3).putBytes(Tag.PixelData, Vr.OB, new byte[] {1, 2, 3, 4, 5, 6});
    assertThat(bytes(dataSet, 2)).containsExactly(3, 4);
    assertThat(reader.read(dataSet, 4))
        .isInstanceOfSatisfying(
            Undecodable.class, no -> assertThat(no.cause()).isEqualTo(Undecodable.Cause.ABSENT));
  }

  @Test
  void an_encapsulated_frame_is_its_fragments_without_delimiters() throws IOException {
    DataSet dataSet =
        image(8, 1, 2, 2)
            .putFragments(Tag.PixelData, List.of(new byte[] {1, 2}, new byte[] {3, 4}));
    assertThat(bytes(dataSet, 2)).containsExactly(3, 4);
  }

  private byte[] bytes(DataSet dataSet, int frame) throws IOException {
    return reader.read(dataSet, frame) instanceof StoredFrame(byte[] bytes) ? bytes : new byte[0];
  }

  private static DataSet image(int bits, int rows, int columns, int frames) {
    return new DataSet()
        .putInteger(Tag.SamplesPerPixel, 1)
        .putString(Tag.PhotometricInterpretation, "MONOCHROME2")
        .putInteger(Tag.NumberOfFrames, frames)
        .putInteger(Tag.Rows, rows)
        .putInteger(Tag.Columns, columns)
        .putInteger(Tag.BitsAllocated, bits)
        .putInteger(Tag.BitsStored, bits)
        .putInteger(Tag.HighBit, bits - 1)
        .putInteger(Tag.PixelRepresentation, 0);
  }
}
