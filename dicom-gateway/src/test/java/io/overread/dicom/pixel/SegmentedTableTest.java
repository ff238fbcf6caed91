package io.overread.dicom.pixel;

import static io.overread.dicom.pixel.GeneratedImage.bytes;
import static io.overread.dicom.pixel.GeneratedImage.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Segmented palettes (PS3.3 C.7.9.2)")
class SegmentedTableTest {

  @Test
  void a_discrete_segment_is_copied_and_a_linear_one_leads_from_the_last_entry_to_its_end() {
    LookupTable table = SegmentedTable.expand(7, 0, 16, words(0, 2, 0, 28672, 1, 5, 49152));
    assertThat(entries(table, 7)).containsExactly(0, 28672, 32768, 36864, 40960, 45056, 49152);
  }

  @Test
  void an_indirect_segment_copies_earlier_ones_from_a_byte_on() {
    byte[] data = words(0, 1, 100, 1, 2, 300, 2, 2, 0, 0);
    assertThat(entries(SegmentedTable.expand(6, 0, 16, data), 6))
        .containsExactly(100, 200, 300, 100, 200, 300);
  }

  @Test
  void a_linear_segment_that_is_copied_starts_from_where_it_is_copied_to() {
    byte[] data = words(0, 1, 100, 1, 2, 300, 2, 1, 6, 0);
    assertThat(entries(SegmentedTable.expand(5, 0, 16, data), 5))
        .containsExactly(100, 200, 300, 300, 300);
  }

  @Test
  void entries_of_8_bits_come_in_segments_of_bytes() {
    byte[] data = bytes(0, 1, 10, 1, 2, 30, 2, 1, 0, 0, 0, 0);
    assertThat(entries(SegmentedTable.expand(4, 0, 8, data), 4)).containsExactly(10, 20, 30, 10);
  }

  @Test
  void what_is_broken_is_refused() {
    refused(words(0, 2, 1), "a segmented palette that ends within a segment");
    refused(words(0, 2, 1, 2), "a segmented palette that ends early");
    refused(words(1, 3, 5), "a segmented palette that starts with a line");
    refused(words(3, 1, 5), "a segmented palette with operation 3");
    refused(words(0, 1, 5, 2, 1, 99, 0), "a segmented palette that refers beyond its end");
    refused(words(0, 1, 5, 2, 1, 3, 0), "a segmented palette that refers beyond its end");
    refused(words(0, 1, 5, 2, 1, 6, 0), "a segmented palette that refers to a reference");
  }

  private static void refused(byte[] data, String reason) {
    assertThatExceptionOfType(PixelDataException.class)
        .isThrownBy(() -> SegmentedTable.expand(3, 0, 16, data))
        .withMessage(reason);
  }

  private static int[] entries(LookupTable table, int count) {
    return IntStream.range(0, count).map(table::map).toArray();
  }
}
