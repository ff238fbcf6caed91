package io.overread.dicom.net.pdu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PduTest {
  private static final int MAXIMUM_LENGTH = 16_384;
  private static final String CT = "1.2.840.10008.5.1.4.1.1.2";

  static final UserInformation FULL =
      new UserInformation(
          0xFFFF_FFFFL,
          new Implementation("1.2.276.0", "SIXTEEN_LETTERS_"),
          new OperationsWindow(5, 0),
          List.of(new RoleSelection(CT, true, false), new RoleSelection("1.2.3", false, true)),
          List.of(new ExtendedNegotiation(CT, Bytes.of((byte) 2, (byte) 0, (byte) 1))),
          new UserIdentity(
              UserIdentity.Type.USERNAME_AND_PASSCODE,
              true,
              Bytes.utf8("müller"),
              Bytes.utf8("secret")));

  static final AssociateRq REQUEST =
      new AssociateRq(
          1,
          "CALLED",
          "CALLING_SIXTEEN_",
          AssociateRq.DICOM_APPLICATION_CONTEXT,
          List.of(
              new ProposedContext(1, CT, List.of("1.2.840.10008.1.2", "1.2.840.10008.1.2.1")),
              new ProposedContext(255, "1.2.840.10008.1.1", List.of("1.2.840.10008.1.2"))),
          FULL);

  static Stream<Pdu> pdus() {
    AssociateAc acceptance =
        new AssociateAc(
            1,
            "CALLED",
            "CALLING",
            AssociateRq.DICOM_APPLICATION_CONTEXT,
            List.of(
                new ContextResult(1, ContextResult.Result.ACCEPTANCE, "1.2.840.10008.1.2"),
                new ContextResult(
                    3, ContextResult.Result.ABSTRACT_SYNTAX_NOT_SUPPORTED, "1.2.840.10008.1.2")),
            new UserInformation(
                0,
                new Implementation("", null),
                null,
                List.of(),
                List.of(),
                new UserIdentityAnswer(Bytes.EMPTY)));
    PDataTf data =
        new PDataTf(
            List.of(
                new PresentationDataValue(1, true, true, ByteBuffer.wrap(new byte[] {1, 2})),
                new PresentationDataValue(1, false, false, ByteBuffer.wrap(new byte[0])),
                new PresentationDataValue(255, false, true, ByteBuffer.wrap(new byte[100]))));
    Stream<Pdu> rejections =
        Stream.of(RejectReason.values())
            .map(reason -> new AssociateRj(RejectResult.REJECTED_TRANSIENT, reason));
    Stream<Pdu> aborts = Stream.of(AbortReason.values()).map(Abort::new);
    return Stream.of(
            Stream.of(REQUEST, acceptance, data, new ReleaseRq(), new ReleaseRp()),
            rejections,
            aborts)
        .flatMap(pdu -> pdu);
  }

  @ParameterizedTest
  @MethodSource("pdus")
  void what_is_written_is_read_again(Pdu pdu) throws Exception {
    assertThat(read(write(pdu))).isEqualTo(pdu);
  }

  @Test
  void a_request_stands_on_the_wire_as_the_standard_lays_it_out() throws Exception {
    AssociateRq request =
        new AssociateRq(
            1,
            "A",
            "B",
            "1.2",
            List.of(new ProposedContext(3, "1.3", List.of("1.4"))),
            new UserInformation(
                16, new Implementation("1.5", "V"), null, List.of(), List.of(), null));
    String expected =
        ("0100 00000080 0001 0000"
                + " 41202020202020202020202020202020 42202020202020202020202020202020"
                + " 00".repeat(32)
                + " 1000 0003 312e32"
                + " 2000 0012 03000000 3000 0003 312e33 4000 0003 312e34"
                + " 5000 0014 5100 0004 00000010 5200 0003 312e35 5500 0001 56")
            .replace(" ", "");
    String written = HexFormat.of().formatHex(write(request));
    int length = written.length() / 2 - 6;
    assertThat(written).isEqualTo(expected.replace("00000080", "%08x".formatted(length)));
  }

  @ParameterizedTest
  @CsvSource({
    "08 00 00000004 00000000, UNRECOGNIZED_PDU",
    "00 00 00000004 00000000, UNRECOGNIZED_PDU",
    "47 45 54202f20 48545450, UNRECOGNIZED_PDU",
    "07 00 00000005 0000000000, INVALID_PDU_PARAMETER_VALUE",
    "05 00 00000000, INVALID_PDU_PARAMETER_VALUE",
    "01 00 7fffffff, INVALID_PDU_PARAMETER_VALUE",
    "01 00 00000004 00010000, INVALID_PDU_PARAMETER_VALUE",
    "04 00 00004001, INVALID_PDU_PARAMETER_VALUE",
    "04 00 ffffffff, INVALID_PDU_PARAMETER_VALUE",
    "04 00 00000000, INVALID_PDU_PARAMETER_VALUE",
    "04 00 00000006 00000001 0103, INVALID_PDU_PARAMETER_VALUE",
    "04 00 00000006 00000003 0103, INVALID_PDU_PARAMETER_VALUE",
    "04 00 00000006 00000002 0203, INVALID_PDU_PARAMETER_VALUE",
    "04 00 00000007 00000002 0103 00, INVALID_PDU_PARAMETER_VALUE",
  })
  void malformed_bytes_are_refused_with_their_reason(String hex, AbortReason reason) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    assertThatExceptionOfType(InvalidPduException.class)
        .isThrownBy(() -> read(bytes))
        .extracting(InvalidPduException::reason)
        .isEqualTo(reason);
  }

  @Test
  void a_context_that_comes_twice_is_refused() {
    byte[] bytes = write(REQUEST);
    int secondId = indexOf(bytes, new byte[] {0x20, 0, 0, 0x2e, (byte) 0xFF}) + 4;
    assertThat(secondId).isGreaterThan(4);
    bytes[secondId] = 1;
    assertThatExceptionOfType(InvalidPduException.class)
        .isThrownBy(() -> read(bytes))
        .withMessageContaining("twice");
  }

  @Test
  void unknown_items_are_skipped() throws Exception {
    byte[] bytes = write(REQUEST);
    int window = indexOf(bytes, new byte[] {0x53, 0, 0, 4});
    bytes[window] = 0x57;
    assertThat(((AssociateRq) read(bytes)).userInformation().operationsWindow()).isNull();
  }

  @Test
  void a_version_name_that_is_too_long_is_cut() throws Exception {
    byte[] bytes = write(REQUEST);
    byte[] longer = "SIXTEEN_LETTERS_".getBytes(StandardCharsets.US_ASCII);
    int at = indexOf(bytes, longer);
    bytes[at] = 7;
    assertThat(((AssociateRq) read(bytes)).userInformation().implementation().versionName())
        .isEqualTo("?IXTEEN_LETTERS_");
  }

  @Test
  void after_lost_framing_nothing_is_taken_for_a_pdu_any_more() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(new byte[] {9, 0, 0, 0, 0, 4, 0, 0, 0, 0});
    bytes.write(write(new ReleaseRq()));
    PduReader reader = new PduReader(new ByteArrayInputStream(bytes.toByteArray()), MAXIMUM_LENGTH);
    assertThatExceptionOfType(InvalidPduException.class).isThrownBy(reader::read);
    assertThat(reader.read()).isNull();
  }

  @Test
  void a_stream_that_ends_within_a_pdu_is_no_orderly_end() {
    byte[] whole = write(REQUEST);
    for (int length = 1; length < whole.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(whole, length);
      assertThatExceptionOfType(EOFException.class).isThrownBy(() -> read(cut));
    }
  }

  @Test
  void whatever_the_bytes_nothing_but_the_declared_failures_comes_out() throws Exception {
    Random random = new Random(20260105);
    List<byte[]> originals = pdus().map(PduTest::write).toList();
    int refused = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = originals.get(random.nextInt(originals.size())).clone();
      for (int changes = random.nextInt(1, 5); changes > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        read(bytes);
      } catch (InvalidPduException | EOFException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(1_000, 49_000);
  }

  @Test
  void a_user_identity_keeps_its_secrets_from_logs() {
    assertThat(REQUEST.toString()).doesNotContain("secret").doesNotContain("müller");
  }

  private static byte[] write(Pdu pdu) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      new PduWriter(bytes).write(pdu);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  private static Pdu read(byte[] bytes) throws IOException, InvalidPduException {
    Pdu pdu = new PduReader(new ByteArrayInputStream(bytes), MAXIMUM_LENGTH).read();
    if (pdu == null) {
      throw new EOFException();
    }
    return pdu;
  }

  private static int indexOf(byte[] bytes, byte[] sought) {
    for (int at = 0; at + sought.length <= bytes.length; at++) {
      if (ByteBuffer.wrap(bytes, at, sought.length).equals(ByteBuffer.wrap(sought))) {
        return at;
      }
    }
    return -1;
  }
}
