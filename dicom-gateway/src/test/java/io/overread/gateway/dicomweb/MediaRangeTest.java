package io.overread.gateway.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Accept as clients send it. */
class MediaRangeTest {

  @Test
  void the_most_wanted_comes_first_and_what_is_unwanted_is_left_out() {
    List<MediaRange> ranges =
        MediaRange.accepted(List.of("image/png;q=0.5, image/gif;q=0, image/jpeg", "*/*;q=0.1"));
    assertThat(ranges)
        .extracting(MediaRange::type)
        .containsExactly("image/jpeg", "image/png", "*/*");
  }

  @Test
  void the_type_of_parts_is_read_with_and_without_quotation_marks() {
    for (String type : List.of("\"application/dicom\"", "application/dicom")) {
      MediaRange range =
          MediaRange.parse(
              "multipart/related; type=" + type + "; transfer-syntax=1.2.840.10008.1.2");
      assertThat(range.allows("application/dicom")).isTrue();
      assertThat(range.allows("image/jpeg")).isFalse();
      assertThat(range.transferSyntax()).isEqualTo("1.2.840.10008.1.2");
    }
  }

  @Test
  void any_transfer_syntax_and_any_type_are_no_demand() {
    assertThat(MediaRange.parse("application/dicom; transfer-syntax=*").transferSyntax()).isNull();
    assertThat(MediaRange.parse("multipart/related").allows("application/dicom")).isTrue();
    assertThat(MediaRange.parse("image/*").allows("image/jpeg")).isTrue();
  }

  @Test
  void a_boundary_may_hold_what_separates_elsewhere() {
    assertThat(MediaRange.parse("multipart/related; boundary=\"a;b,c\\\"d\"").parameter("boundary"))
        .contains("a;b,c\"d");
  }

  @Test
  void what_is_no_type_is_a_bad_request() {
    assertThatThrownBy(() -> MediaRange.parse("nonsense"))
        .isInstanceOfSatisfying(
            DicomwebProblem.class, e -> assertThat(e.getStatusCode().value()).isEqualTo(400));
  }
}
