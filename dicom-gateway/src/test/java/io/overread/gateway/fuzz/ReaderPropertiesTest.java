package io.overread.gateway.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DataSetReader;
import io.overread.dicom.data.DicomFormatException;
import io.overread.dicom.data.ReadLimits;
import io.overread.dicom.data.ReadThrough;
import io.overread.dicom.data.TransferSyntax;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.net.pdu.InvalidPduException;
import io.overread.dicom.net.pdu.PduReader;
import io.overread.gateway.dicomweb.multipart.MultipartLimits;
import io.overread.gateway.dicomweb.multipart.MultipartReader;
import io.overread.gateway.dicomweb.multipart.Part;
import io.overread.gateway.rule.Parsed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** Properties of the readers; a counterexample is shrunk to the smallest that there is. */
class ReaderPropertiesTest {
  private static final String SEED = "20261125";
  private static final int TRIES = 400;
  private static final ReadLimits LIMITS = new ReadLimits(16, 20_000, 4096, 1 << 20, 1 << 22);

  @Property(tries = TRIES, seed = SEED, shrinking = ShrinkingMode.BOUNDED)
  void any_text_is_a_condition_or_says_where_it_is_none(@ForAll String text) {
    if (Parsed.of(text) instanceof Parsed.Invalid(int position, String message)) {
      assertThat(position).isBetween(0, text.length());
      assertThat(message).isNotEmpty();
    }
  }

  @Property(tries = TRIES, seed = SEED, shrinking = ShrinkingMode.BOUNDED)
  void a_quoted_value_of_any_letters_is_read(
      @ForAll @StringLength(min = 1, max = 64) @CharRange(from = ' ', to = '~') String value) {
    String quoted = "\"" + value.replace("\"", "\"\"") + "\"";
    assertThat(Parsed.of("PatientName = " + quoted)).isInstanceOf(Parsed.Valid.class);
  }

  @Property(tries = TRIES, seed = SEED, shrinking = ShrinkingMode.BOUNDED)
  void parts_of_any_bytes_come_as_they_were_sent(@ForAll @Size(max = 5) List<byte[]> parts)
      throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      body.writeBytes("--edge\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      body.writeBytes(part);
      body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    body.writeBytes("--edge--\r\n".getBytes(StandardCharsets.US_ASCII));
    MultipartReader reader =
        new MultipartReader(
            new ByteArrayInputStream(body.toByteArray()),
            "edge",
            new MultipartLimits(10, 1024, 1 << 20));
    List<byte[]> read = new ArrayList<>();
    for (Part part = reader.next(); part != null; part = reader.next()) {
      read.add(part.body().readAllBytes());
    }
    assertThat(read).containsExactlyElementsOf(parts);
  }

  @Property(tries = TRIES, seed = SEED, shrinking = ShrinkingMode.BOUNDED)
  void any_bytes_are_a_data_set_or_none(@ForAll byte[] bytes) throws IOException {
    try {
      ReadThrough.useAll(
          new DataSetReader(LIMITS)
              .read(new ByteArrayInputStream(bytes), TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN));
    } catch (DicomFormatException refused) {
      assertThat(refused.offset()).isBetween(0L, (long) bytes.length);
    }
  }

  @Property(tries = TRIES, seed = SEED, shrinking = ShrinkingMode.BOUNDED)
  void any_bytes_are_a_pdu_or_none(@ForAll byte[] bytes) throws IOException {
    try {
      new PduReader(new ByteArrayInputStream(bytes), 16_384).read();
    } catch (InvalidPduException refused) {
      assertThat(refused.reason()).isNotNull();
    } catch (EOFException tooShort) {
      assertThat(bytes.length).isPositive();
    }
  }

  @Property(tries = TRIES, seed = SEED, shrinking = ShrinkingMode.BOUNDED)
  void text_of_any_bytes_is_read_in_every_repertoire(@ForAll byte[] bytes) {
    for (String term : List.of("", "ISO 2022 IR 87", "ISO 2022 IR 149", "GB18030", "ISO_IR 192")) {
      DataSet dataSet = term.isEmpty() ? new DataSet() : DataSet.withCharacterSet("", term);
      dataSet.putBytes(Tag.PatientName, Vr.PN, bytes);
      assertThat(dataSet.personName(Tag.PatientName).toString()).isNotEmpty();
    }
  }
}
