package io.overread.gateway.dicomweb.multipart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bodies of RFC 2046, and what is none. */
class MultipartReaderTest {

  private static final MultipartLimits LIMITS = new MultipartLimits(10, 1024, 1 << 20);

  @Test
  void parts_come_as_they_were_sent_however_the_stream_is_cut() throws IOException {
    byte[] binary = new byte[200_000];
    new Random(1).nextBytes(binary);
    byte[] treacherous = bytes("\r\n--edg\r\n--edg\r--edge\r\n-\r\n\r\n--edg");
    byte[] body = body(List.of(binary, treacherous, new byte[0]));
    for (int step : new int[] {1, 7, 65_536, 1 << 20}) {
      assertThat(bodies(new Slow(body, step))).containsExactly(binary, treacherous, new byte[0]);
    }
  }

  @Test
  void headers_are_found_whatever_their_case_and_preamble_and_epilogue_are_nobodys()
      throws IOException {
    MultipartReader reader =
        reader("nothing\r\n--edge  \r\nContent-TYPE: a/b;\r\n c=d\r\n\r\nx\r\n--edge--\r\nmore");
    Part part = Objects.requireNonNull(reader.next());
    assertThat(part.header("content-type")).contains("a/b; c=d");
    assertThat(part.body().readAllBytes()).isEqualTo(bytes("x"));
    assertThat(reader.next()).isNull();
    assertThat(reader.next()).isNull();
  }

  @Test
  void what_was_not_read_of_a_part_is_passed_over() throws IOException {
    MultipartReader reader = reader("--edge\r\n\r\nfirst\r\n--edge\r\n\r\nsecond\r\n--edge--");
    assertThat(reader.next()).isNotNull();
    Part second = Objects.requireNonNull(reader.next());
    assertThat(second.body().readAllBytes()).isEqualTo(bytes("second"));
  }

  @Test
  void a_body_that_ends_early_is_no_part() throws IOException {
    Part part = Objects.requireNonNull(reader("--edge\r\n\r\nhalf").next());
    assertThatThrownBy(() -> part.body().readAllBytes()).isInstanceOf(MultipartException.class);
  }

  @Test
  void limits_hold() throws IOException {
    String longHeader = "--edge\r\nA: " + "x".repeat(2000) + "\r\n\r\n";
    assertThatThrownBy(() -> reader(longHeader).next())
        .isInstanceOfSatisfying(MultipartException.class, e -> assertThat(e.isTooLarge()).isTrue());
    Part large =
        Objects.requireNonNull(
            reader("--edge\r\n\r\n" + "x".repeat((1 << 20) + 1) + "\r\n--edge--").next());
    assertThatThrownBy(() -> large.body().readAllBytes())
        .isInstanceOfSatisfying(MultipartException.class, e -> assertThat(e.isTooLarge()).isTrue());
    MultipartReader many = reader("--edge\r\n\r\nx\r\n".repeat(11) + "--edge--");
    for (int part = 0; part < 10; part++) {
      assertThat(many.next()).isNotNull();
    }
    assertThatThrownBy(many::next)
        .isInstanceOfSatisfying(MultipartException.class, e -> assertThat(e.isTooLarge()).isTrue());
  }

  @Test
  void other_forms_are_refused() {
    for (String boundary : List.of("", "x".repeat(201), "a\r\nb", "ends with a blank ")) {
      assertThatThrownBy(() -> new MultipartReader(InputStream.nullInputStream(), boundary, LIMITS))
          .isInstanceOf(MultipartException.class);
    }
    for (String body : List.of("", "no boundary", "--edge\r\nno header\r\n\r\nx\r\n--edge--")) {
      assertThatThrownBy(() -> reader(body).next()).isInstanceOf(MultipartException.class);
    }
  }

  private static MultipartReader reader(String body) throws IOException {
    return new MultipartReader(new ByteArrayInputStream(bytes(body)), "edge", LIMITS);
  }

  private static byte[] body(List<byte[]> bodies) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] body : bodies) {
      out.writeBytes(bytes("--edge\r\nContent-Type: a/b\r\n\r\n"));
      out.writeBytes(body);
      out.writeBytes(bytes("\r\n"));
    }
    out.writeBytes(bytes("--edge--\r\n"));
    return out.toByteArray();
  }

  private static List<byte[]> bodies(InputStream in) throws IOException {
    MultipartReader reader = new MultipartReader(in, "edge", LIMITS);
    List<byte[]> bodies = new ArrayList<>();
    for (Part part = reader.next(); part != null; part = reader.next()) {
      bodies.add(part.body().readAllBytes());
    }
    return bodies;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Gives no more than so many bytes at once. */
  private static final class Slow extends FilterInputStream {

    private final int step;

    Slow(byte[] bytes, int step) {
      super(new ByteArrayInputStream(bytes));
      this.step = step;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return super.read(into, offset, Math.min(length, step));
    }
  }
}
