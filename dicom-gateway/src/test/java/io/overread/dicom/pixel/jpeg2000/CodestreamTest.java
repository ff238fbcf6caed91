package io.overread.dicom.pixel.jpeg2000;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("JPEG 2000 codestreams")
class CodestreamTest {
  private static final int SOT = 0x90;
  private static final int COD = 0x52;
  private static final int SIZ = 0x51;

  @TestFactory
  Stream<DynamicTest> decode_to_the_samples_that_their_encoder_took_or_its_decoder_makes() {
    return ReferenceStream.all().stream()
        .map(stream -> DynamicTest.dynamicTest(stream.name(), () -> check(stream)));
  }

  private static void check(ReferenceStream stream) throws NoSuchAlgorithmException {
    Codestream codestream = Codestream.read(stream.bytes());
    assertThat(codestream.rows()).isEqualTo(stream.rows());
    assertThat(codestream.columns()).isEqualTo(stream.columns());
    assertThat(codestream.components()).isEqualTo(stream.components());
    assertThat(codestream.precision()).isEqualTo(stream.bits());
    byte[] samples = stream.decode(stream.bytes());
    if (stream.lossy()) {
      assertThat(largestDifference(samples, stream.samples(), stream.sampleBytes())).isLessThan(2);
    } else {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(samples);
      assertThat(HexFormat.of().formatHex(digest)).isEqualTo(stream.digest());
    }
  }

  /** A part of an image looks like a whole one: what is missing must not be made up. */
  @Test
  void are_refused_wherever_they_are_cut_off() {
    for (String name : new String[] {"rlcp-layers", "tile-parts", "packed-in-main", "ht-tiles"}) {
      ReferenceStream stream = ReferenceStream.named(name);
      byte[] bytes = stream.bytes();
      for (int length = 0; length < bytes.length - 2; length += 7) {
        byte[] cut = Arrays.copyOf(bytes, length);
        assertThatThrownBy(() -> stream.decode(cut))
            .as("%s, %d bytes", name, length)
            .isInstanceOf(CodestreamException.class);
      }
    }
  }

  @Test
  void need_no_end_marker() {
    ReferenceStream stream = ReferenceStream.named("tiles");
    byte[] bytes = stream.bytes();
    assertThat(stream.decode(Arrays.copyOf(bytes, bytes.length - 2)))
        .isEqualTo(stream.decode(bytes));
  }

  @Test
  void may_leave_the_length_of_the_last_tile_part_open() {
    ReferenceStream stream = ReferenceStream.named("lrcp");
    byte[] bytes = stream.bytes();
    byte[] open = bytes.clone();
    Arrays.fill(open, segment(open, SOT) + 6, segment(open, SOT) + 10, (byte) 0);
    assertThat(stream.decode(open)).isEqualTo(stream.decode(bytes));
  }

  @Test
  void with_an_absurd_number_of_layers_are_refused() {
    assertRefused("lrcp", COD, 6, 0xff, 0xff);
    assertRefused("ht-16", COD, 6, 0xff, 0xff);
  }

  @Test
  void with_more_decompositions_than_there_can_be_are_refused() {
    assertRefused("lrcp", COD, 9, 33);
    assertRefused("lrcp", COD, 9, 32);
  }

  @Test
  void with_code_blocks_of_an_absurd_size_are_refused() {
    assertRefused("lrcp", COD, 10, 9);
    assertRefused("lrcp", COD, 10, 8, 8);
  }

  @Test
  void with_an_absurd_number_of_tiles_are_refused_or_found_incomplete() {
    assertRefused("lrcp", SIZ, 22, 0, 0, 0, 1, 0, 0, 0, 1);
    assertRefused("lrcp", SIZ, 22, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void with_both_kinds_of_code_blocks_are_not_decoded() {
    byte[] bytes = ReferenceStream.named("ht-16").bytes();
    bytes[segment(bytes, COD) + 12] = (byte) 0xc0;
    assertThatThrownBy(() -> Codestream.read(bytes))
        .isInstanceOfSatisfying(
            CodestreamException.class,
            refused -> assertThat(refused.kind()).isEqualTo(CodestreamException.Kind.UNSUPPORTED));
  }

  @Test
  void are_divided_into_a_bounded_number_of_code_blocks() {
    byte[] bytes = ReferenceStream.named("undivided").bytes();
    int siz = segment(bytes, SIZ);
    ByteBuffer.wrap(bytes).putInt(siz + 6, 16384).putInt(siz + 10, 16384);
    ByteBuffer.wrap(bytes).putInt(siz + 22, 16384).putInt(siz + 26, 16384);
    int cod = segment(bytes, COD);
    bytes[cod + 10] = 0;
    bytes[cod + 11] = 0;
    assertThatThrownBy(() -> Codestream.read(bytes).decode((c, row, column, samples, count) -> {}))
        .isInstanceOfSatisfying(
            CodestreamException.class,
            refused -> assertThat(refused.kind()).isEqualTo(CodestreamException.Kind.TOO_LARGE));
  }

  private static void assertRefused(String name, int marker, int offset, int... octets) {
    ReferenceStream stream = ReferenceStream.named(name);
    byte[] bytes = stream.bytes();
    int at = segment(bytes, marker) + offset;
    for (int octet : octets) {
      bytes[at++] = (byte) octet;
    }
    assertThatThrownBy(() -> stream.decode(bytes)).isInstanceOf(CodestreamException.class);
  }

  /** Where the first marker segment of a kind is. */
  private static int segment(byte[] bytes, int marker) {
    int at = 0;
    while (bytes[at] != -1 || bytes[at + 1] != (byte) marker) {
      at++;
    }
    return at;
  }

  private static int largestDifference(byte[] first, byte[] second, int size) {
    assertThat(first).hasSameSizeAs(second);
    ByteBuffer ours = ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer theirs = ByteBuffer.wrap(second).order(ByteOrder.LITTLE_ENDIAN);
    int largest = 0;
    for (int at = 0; at < first.length; at += size) {
      int difference =
          size == 1
              ? (ours.get(at) & 0xff) - (theirs.get(at) & 0xff)
              : ours.getShort(at) - theirs.getShort(at);
      largest = Math.max(largest, Math.abs(difference));
    }
    return largest;
  }
}
