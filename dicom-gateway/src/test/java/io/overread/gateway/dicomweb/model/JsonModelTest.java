package io.overread.gateway.dicomweb.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.Element;
import io.overread.dicom.data.Sequence;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The DICOM JSON Model. {@code every-representation.json} is what pydicom 3 makes of the same data
 * set, read from a file that we wrote.
 */
class JsonModelTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Test
  void every_representation_is_written_as_pydicom_writes_it() throws IOException {
    JsonNode expected;
    try (InputStream in = JsonModelTest.class.getResourceAsStream("every-representation.json")) {
      expected = JSON.readTree(in);
    }
    JsonNode written = JSON.readTree(write(EveryRepresentation.dataSet()));
    assertThat(written.propertyNames()).containsExactlyElementsOf(expected.propertyNames());
    for (String tag : expected.propertyNames()) {
      assertSame(tag, written.path(tag), expected.path(tag));
    }
    assertThat(written.at("/00080005/Value/0").asString()).isEqualTo("ISO_IR 192");
  }

  @Test
  void what_was_written_is_read_again() {
    DataSet original = EveryRepresentation.dataSet();
    assertSame(read(write(original)), original);
  }

  @Test
  void empty_values_have_no_value_and_missing_ones_are_null() {
    DataSet dataSet = DataSet.withCharacterSet("ISO_IR 192");
    dataSet.putString(Tag.PatientID, " ");
    dataSet.putString(Tag.OtherPatientNames, Vr.PN, "A", "", "B");
    assertThat(write(dataSet))
        .contains("\"00100020\":{\"vr\":\"LO\"}")
        .contains("[{\"Alphabetic\":\"A\"},null,{\"Alphabetic\":\"B\"}]");
  }

  @Test
  void no_digit_is_lost_of_a_number() {
    DataSet dataSet = new DataSet();
    dataSet.putString(Tag.ImagePositionPatient, Vr.DS, "0.12345678901234", "1234567890123456", "x");
    dataSet.putInteger(Tag.SelectorUVValue, Vr.UV, -1);
    dataSet.putInteger(Tag.SelectorSVValue, Vr.SV, Long.MIN_VALUE, 5);
    assertThat(write(dataSet))
        .contains("[0.12345678901234,\"1234567890123456\",\"x\"]")
        .contains("[\"18446744073709551615\"]")
        .contains("[\"-9223372036854775808\",5]");
    assertThat(read(write(dataSet)).strings(Tag.SelectorUVValue))
        .containsExactly("18446744073709551615");
  }

  @Test
  void what_is_not_finite_is_a_word() {
    DataSet dataSet = new DataSet().putDecimal(Tag.ExposureTimeInms, Double.NaN);
    assertThat(write(dataSet)).contains("[\"NaN\"]");
    assertThat(read(write(dataSet)).decimals(Tag.ExposureTimeInms)).containsExactly(Double.NaN);
  }

  @Test
  void long_values_are_linked_by_their_path() {
    DataSet item = new DataSet().putBytes(Tag.ICCProfile, Vr.OB, new byte[2000]);
    DataSet dataSet = new DataSet().putItems(Tag.OpticalPathSequence, new DataSet(), item);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonModelWriter writer = JsonModelWriter.array(out)) {
      writer.write(dataSet, path -> Optional.of("b/" + path));
    }
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("\"BulkDataURI\":\"b/00480105/2/00282000\"");
  }

  @Test
  void what_is_no_model_is_refused_without_showing_it() {
    for (String json :
        List.of(
            "nothing",
            "[]",
            "[1]",
            "[{\"PatientName\":{\"vr\":\"PN\"}}]",
            "[{\"00100010\":{\"vr\":\"XX\",\"Value\":[\"secret\"]}}]",
            "[{\"00280010\":{\"vr\":\"US\",\"Value\":[70000]}}]",
            "[{\"00280010\":{\"vr\":\"US\",\"Value\":[1.5]}}]",
            "[{\"00280010\":{\"vr\":\"US\",\"Value\":[\"secret\"]}}]",
            "[{\"00081140\":{\"vr\":\"SQ\",\"Value\":[\"secret\"]}}]",
            "[{\"7FE00010\":{\"vr\":\"OB\",\"BulkDataURI\":\"secret\"}}]",
            "[{\"7FE00010\":{\"vr\":\"OB\",\"InlineBinary\":\"?secret\"}}]",
            "[{\"00080050\":{\"vr\":\"SH\",\"Value\":[{\"a\":1}]}}]",
            "[".repeat(5000))) {
      assertThatThrownBy(() -> read(json))
          .as(json)
          .isInstanceOf(ModelException.class)
          .hasMessageNotContaining("secret");
    }
  }

  private static void assertSame(String tag, JsonNode written, JsonNode expected) {
    if (expected.isObject()) {
      for (String name : expected.propertyNames()) {
        assertSame(tag + "." + name, written.path(name), expected.path(name));
      }
    } else if (expected.isArray()) {
      assertThat(written.size()).as(tag).isEqualTo(expected.size());
      for (int index = 0; index < expected.size(); index++) {
        assertSame(tag, written.path(index), expected.path(index));
      }
    } else if (expected.isNumber()) {
      assertThat(written.asDouble()).as(tag).isEqualTo(expected.asDouble());
    } else if (expected.isString() && expected.asString().isEmpty()) {
      // pydicom leaves it empty; PS3.18 F.2.5 says null.
      assertThat(written.isNull()).as(tag).isTrue();
    } else if (!tag.endsWith("00080005.Value")) {
      assertThat(written).as(tag).isEqualTo(expected);
    }
  }

  private static void assertSame(DataSet read, DataSet original) {
    for (Element element : original) {
      int tag = element.tag();
      if (tag == Tag.SpecificCharacterSet) {
        continue;
      }
      if (element.value() instanceof Sequence) {
        for (int index = 0; index < original.items(tag).size(); index++) {
          assertSame(read.items(tag).get(index), original.items(tag).get(index));
        }
      } else if (element.vr() == Vr.DS) {
        assertThat(read.decimals(tag)).isEqualTo(original.decimals(tag));
      } else if (element.vr().isText()) {
        assertThat(read.strings(tag)).as(element.toString()).isEqualTo(original.strings(tag));
      } else {
        assertThat(read.find(tag)).as(element.toString()).contains(element);
      }
    }
  }

  private static String write(DataSet dataSet) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonModelWriter.single(dataSet, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static DataSet read(String json) {
    List<JsonNode> objects =
        JsonModelReader.objects(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    return new JsonModelReader(uri -> Optional.empty()).read(objects.getFirst());
  }
}
