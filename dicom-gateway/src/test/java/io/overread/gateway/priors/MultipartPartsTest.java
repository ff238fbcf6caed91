package io.overread.gateway.priors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartPartsTest {

  private static final String TYPE = "multipart/related; type=\"application/dicom\"; boundary=ab";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--ab\r\nContent-Type: application/dicom\r\n\r\none\r\n--ab\r\n\r\ntwo\r\n--ab--",
        "--ab\n\none\r\n--ab  \r\nA: b\r\n\r\ntwo\r\n--ab--\r\n",
        "preamble\r\n--ab\r\nA: b\r\n\r\none\r\n--ab\r\n\r\ntwo\r\n--ab--epilogue",
      })
  void the_parts_of_a_body_are_taken_one_by_one(String body) throws Exception {
    assertThat(parts(TYPE, body)).containsExactly("one", "two");
  }

  @Test
  void what_looks_like_a_delimiter_and_is_none_belongs_to_the_part() throws Exception {
    String content = "\r\n\r\n--\r\n--a\r\r\n--\r";
    assertThat(parts(TYPE, "--ab\r\n\r\n" + content + "\r\n--ab--")).containsExactly(content);
  }

  @Test
  void a_quoted_boundary_is_known_too_and_none_is_refused() throws Exception {
    assertThat(parts("multipart/related; boundary=\"a b\"", "--a b\r\n\r\none\r\n--a b--"))
        .containsExactly("one");
    assertThatThrownBy(() -> parts("application/dicom", "")).isInstanceOf(IOException.class);
  }

  @Test
  void a_body_without_parts_has_none_and_one_that_breaks_off_is_an_error() throws Exception {
    assertThat(parts(TYPE, "")).isEmpty();
    assertThat(parts(TYPE, "--ab--")).isEmpty();
    assertThatThrownBy(() -> parts(TYPE, "--ab\r\n\r\none\r\n--a"))
        .isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> parts(TYPE, "--ab\r\nA: " + "x".repeat(20_000)))
        .isInstanceOf(IOException.class);
  }

  private static List<String> parts(String contentType, String body) throws IOException {
    MultipartParts parts =
        MultipartParts.of(
            contentType, new ByteArrayInputStream(body.getBytes(StandardCharsets.ISO_8859_1)));
    List<String> contents = new ArrayList<>();
    while (parts.next()) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      parts.copyTo(out);
      contents.add(out.toString(StandardCharsets.ISO_8859_1));
    }
    return contents;
  }
}
