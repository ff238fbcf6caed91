package io.overread.gateway.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.ReadThrough;
import io.overread.dicom.dictionary.Tag;
import io.overread.gateway.dicomweb.model.EveryRepresentation;
import io.overread.gateway.dicomweb.model.JsonModelReader;
import io.overread.gateway.dicomweb.model.JsonModelWriter;
import io.overread.gateway.dicomweb.model.ModelException;
import io.overread.gateway.dicomweb.multipart.MultipartException;
import io.overread.gateway.dicomweb.multipart.MultipartLimits;
import io.overread.gateway.dicomweb.multipart.MultipartReader;
import io.overread.gateway.dicomweb.multipart.Part;
import io.overread.gateway.rule.DataSetAttributes;
import io.overread.gateway.rule.Parsed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What users and DICOMweb clients send: rules, multipart bodies, models in JSON. */
final class TextSurfaces {
  private static final MultipartLimits LIMITS = new MultipartLimits(10, 1024, 1 << 16);
  private static final DataSet STUDY =
      new DataSet()
          .putString(Tag.Modality, "CT")
          .putString(Tag.StudyDescription, "a phantom of a chest, ".repeat(20))
          .putString(Tag.SliceThickness, "1.50")
          .putItems(
              Tag.RequestAttributesSequence,
              new DataSet().putString(Tag.ScheduledProcedureStepID, "A"));

  private TextSurfaces() {}

  static List<Surface> all() {
    return List.of(
        new Surface("triage expressions", 80, rules(), Surface.after(0), TextSurfaces::rule),
        new Surface("multipart bodies", 80, bodies(), Surface.after(0), TextSurfaces::multipart),
        new Surface("DICOM JSON models", 60, models(), Surface.after(0), TextSurfaces::model));
  }

  private static boolean rule(byte[] input) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    return switch (Parsed.of(text)) {
      case Parsed.Valid(var expression) -> {
        assertThat(expression.evaluate(new DataSetAttributes(STUDY)).clauses()).isNotEmpty();
        yield true;
      }
      case Parsed.Invalid(int position, String message) -> {
        assertThat(position).isBetween(0, text.length());
        assertThat(message).isNotEmpty();
        yield false;
      }
    };
  }

  private static boolean multipart(byte[] input) throws IOException {
    try {
      MultipartReader reader = new MultipartReader(new ByteArrayInputStream(input), "edge", LIMITS);
      for (Part part = reader.next(); part != null; part = reader.next()) {
        part.body().transferTo(OutputStream.nullOutputStream());
      }
      return true;
    } catch (MultipartException refused) {
      return false;
    }
  }

  private static boolean model(byte[] input) throws IOException {
    try {
      JsonModelReader reader = new JsonModelReader(_ -> Optional.empty());
      for (JsonNode object : JsonModelReader.objects(new ByteArrayInputStream(input))) {
        ReadThrough.useAll(reader.read(object));
      }
      return true;
    } catch (ModelException refused) {
      return false;
    }
  }

  private static List<byte[]> rules() {
    return List.of(
        bytes("Modality = CT and BodyPartExamined in (CHEST, THORAX) and not KVP > 1e2"),
        bytes("not StudyDescription ~ \"*p*h*a*n*t*?m*\" or (SliceThickness<=1.5)"),
        bytes("((0028,0300) = YES or Modality=DX) AND NOT (PatientID exists)"),
        bytes("RequestAttributesSequence.ScheduledProcedureStepID ~ *a*"),
        bytes("(0040,0275).(0040,0009) exists and PatientName != \"O\"\"Neil\""));
  }

  private static List<byte[]> bodies() {
    String part = "--edge\r\nContent-Type: application/dicom;\r\n a=b\r\n\r\n";
    return List.of(
        bytes(part + "x".repeat(100) + "\r\n" + part + "y\r\n--edg\r\n\r\n--edge--\r\nmore"),
        bytes("nothing\r\n" + (part + "\r\n").repeat(9) + "--edge--"),
        bytes(part + "\r\n--edg\r\n--edg\r--edge\r\n-\r\n\r\n--edg\r\n--edge--"));
  }

  private static List<byte[]> models() {
    ByteArrayOutputStream every = new ByteArrayOutputStream();
    JsonModelWriter.single(EveryRepresentation.dataSet(), every);
    return List.of(
        every.toByteArray(),
        bytes("[{\"00100010\":{\"vr\":\"PN\",\"Value\":[{\"Alphabetic\":\"A^B\"},null]}},{}]"),
        bytes("{\"00081140\":{\"vr\":\"SQ\",\"Value\":[{\"00080018\":{\"Value\":[\"1.2\"]}}]}}"),
        bytes("{\"00280030\":{\"vr\":\"DS\",\"Value\":[1e3,\"0.25\",-1234567890.12345678]}}"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
