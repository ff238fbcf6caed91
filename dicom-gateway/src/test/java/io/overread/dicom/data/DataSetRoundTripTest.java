package io.overread.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DataSetRoundTripTest {

  private static final int SEEDS = 25;

  static Stream<Arguments> encodings() {
    return Stream.of(
            TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN,
            TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN,
            TransferSyntax.EXPLICIT_VR_BIG_ENDIAN,
            TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN,
            TransferSyntax.of(Uid.JPEGBaseline8Bit))
        .flatMap(
            syntax ->
                Stream.of(LengthEncoding.values()).map(length -> Arguments.of(syntax, length)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("encodings")
  void what_was_written_reads_back_and_writes_to_the_same_bytes(
      TransferSyntax transferSyntax, LengthEncoding lengthEncoding) throws IOException {
    for (long seed = 0; seed < SEEDS; seed++) {
      GeneratedDataSet generated = new GeneratedDataSet(seed);
      DataSet original =
          transferSyntax.encapsulated() ? generated.withFragments() : generated.withNativePixels();

      byte[] written = write(original, transferSyntax, lengthEncoding);
      DataSet read = read(written, transferSyntax);

      assertThat(DataSetDump.of(read)).isEqualTo(DataSetDump.of(original));
      assertThat(write(read, transferSyntax, LengthEncoding.AS_READ)).isEqualTo(written);
    }
  }

  @Test
  void a_data_set_survives_a_journey_through_every_native_transfer_syntax() throws IOException {
    DataSet original = new GeneratedDataSet(7).withNativePixels();
    DataSet travelled = original;
    for (TransferSyntax syntax :
        List.of(
            TransferSyntax.EXPLICIT_VR_BIG_ENDIAN,
            TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN,
            TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN,
            TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN)) {
      travelled = read(write(travelled, syntax, LengthEncoding.UNDEFINED), syntax);
    }

    assertThat(DataSetDump.of(travelled)).isEqualTo(DataSetDump.of(original));
  }

  @Test
  void words_are_reversed_in_big_endian_and_bytes_are_not() throws IOException {
    DataSet dataSet = new DataSet().putInteger(Tag.Rows, 0x0102);
    dataSet.putInteger(Tag.FrameIncrementPointer, Integer.toUnsignedLong(0x0018_1063));
    dataSet.putBytes(Tag.PixelData, Vr.OB, new byte[] {1, 2});

    byte[] written = write(dataSet, TransferSyntax.EXPLICIT_VR_BIG_ENDIAN, LengthEncoding.EXPLICIT);

    assertThat(written)
        .isEqualTo(
            new RawDataSet(ByteOrder.BIG_ENDIAN)
                .explicit(Tag.FrameIncrementPointer, "AT", "\0\u0018\u0010\u0063")
                .explicit(Tag.Rows, "US", "\1\2")
                .explicitLong(Tag.PixelData, "OB", 2)
                .bytes((byte) 1, (byte) 2)
                .toArray());
  }

  @Test
  void an_odd_value_is_padded_as_its_representation_asks() throws IOException {
    DataSet dataSet = new DataSet().putString(Tag.PatientID, "abc").putString(Tag.SOPClassUID, "1");
    dataSet.putBytes(Tag.PixelData, Vr.OB, new byte[] {7});

    assertThat(write(dataSet, TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN, LengthEncoding.EXPLICIT))
        .isEqualTo(
            RawDataSet.littleEndian()
                .implicit(Tag.SOPClassUID, "1\0")
                .implicit(Tag.PatientID, "abc ")
                .implicit(Tag.PixelData, "\7\0")
                .toArray());
  }

  @Test
  void a_group_length_is_computed_whatever_the_data_set_says() throws IOException {
    DataSet command = new DataSet().putInteger(Tag.CommandGroupLength, 4711);
    command.putInteger(Tag.CommandField, 0x0030).putInteger(Tag.MessageID, 1);

    DataSet read =
        read(
            write(command, TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN, LengthEncoding.EXPLICIT),
            TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN);

    assertThat(read.integer(Tag.CommandGroupLength)).hasValue(20);
  }

  @Test
  void a_value_too_long_for_its_representation_stands_as_unknown() throws IOException {
    String longText = "x".repeat(70_000);
    DataSet dataSet = new DataSet().putString(Tag.PatientComments, longText);

    DataSet read =
        read(
            write(dataSet, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, LengthEncoding.EXPLICIT),
            TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);

    assertThat(read.find(Tag.PatientComments).orElseThrow().vr()).isEqualTo(Vr.UN);
    assertThat(read.string(Tag.PatientComments)).contains(longText);
  }

  static byte[] write(DataSet dataSet, TransferSyntax syntax, LengthEncoding lengthEncoding)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new DataSetWriter(lengthEncoding).write(dataSet, syntax, out);
    return out.toByteArray();
  }

  static DataSet read(byte[] bytes, TransferSyntax syntax) throws IOException {
    return new DataSetReader(ReadLimits.standard()).read(new ByteArrayInputStream(bytes), syntax);
  }
}
