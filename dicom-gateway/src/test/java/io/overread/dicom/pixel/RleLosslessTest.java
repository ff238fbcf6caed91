package io.overread.dicom.pixel;

import static io.overread.dicom.pixel.GeneratedImage.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("RLE Lossless (PS3.5 Annex G)")
class RleLosslessTest {

  @Test
  void literal_runs_and_replicate_runs_are_unpacked() {
    // 3 literals, 4 times 9, nothing (-128), 1 literal
    byte[] frame = frame(bytes(2, 1, 2, 3, -3, 9, -128, 0, 7, 0));
    assertThat(RleLossless.decode(frame, 8, 1, 1)).containsExactly(1, 2, 3, 9, 9, 9, 9, 7);
  }

  @Test
  void the_longest_runs_have_128_bytes() {
    byte[] frame = frame(bytes(-127, 5, -127, 6));
    byte[] cells = RleLossless.decode(frame, 256, 1, 1);
    assertThat(cells[127]).isEqualTo((byte) 5);
    assertThat(cells[128]).isEqualTo((byte) 6);
    assertThat(cells[255]).isEqualTo((byte) 6);
  }

  @Test
  void the_most_significant_bytes_come_first() {
    byte[] frame = frame(bytes(1, 0x12, 0x56), bytes(1, 0x34, 0x78));
    assertThat(RleLossless.decode(frame, 2, 1, 2)).containsExactly(0x34, 0x12, 0x78, 0x56);
  }

  @Test
  void colours_come_one_after_the_other() {
    byte[] frame = frame(bytes(1, 1, 2), bytes(1, 3, 4), bytes(1, 5, 6));
    assertThat(RleLossless.decode(frame, 2, 3, 1)).containsExactly(1, 3, 5, 2, 4, 6);
  }

  @Test
  void bytes_after_the_last_run_are_padding() {
    assertThat(RleLossless.decode(frame(bytes(-1, 5, 0, 0)), 2, 1, 1)).containsExactly(5, 5);
  }

  @Test
  void what_is_broken_is_refused() {
    refused(new byte[63], "RLE frame of 63 bytes has no header");
    refused(frame(bytes(1, 1, 2), bytes(1, 1, 2)), "RLE frame of 2 segments, 1 due");
    refused(frame(bytes(0, 1)), "an RLE segment ends early");
    refused(frame(bytes(5, 1, 2)), "an RLE segment ends within a literal run");
    refused(frame(bytes(-1)), "an RLE segment ends within a run");
    byte[] outside = frame(bytes(1, 1, 2));
    outside[5] = 1;
    refused(outside, "RLE segment 1 lies outside");
    byte[] within = frame(bytes(1, 1, 2));
    within[4] = 63;
    refused(within, "RLE segment 1 lies outside");
  }

  private static void refused(byte[] frame, String reason) {
    assertThatExceptionOfType(PixelDataException.class)
        .isThrownBy(() -> RleLossless.decode(frame, 2, 1, 1))
        .withMessage(reason);
  }

  private static byte[] frame(byte[]... segments) {
    int size = 64;
    for (byte[] segment : segments) {
      size += segment.length;
    }
    ByteBuffer frame = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    frame.putInt(segments.length);
    int offset = 64;
    for (byte[] segment : segments) {
      frame.putInt(offset);
      frame.put(offset, segment);
      offset += segment.length;
    }
    return frame.array();
  }
}
