package io.overread.gateway.dicomweb.model;

import io.overread.dicom.data.Bytes;
import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.Element;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes data sets in the DICOM JSON Model (PS3.18 F.2), one after the other. */
public final class JsonModelWriter implements AutoCloseable {

  private static final JsonMapper JSON =
      JsonMapper.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private final JsonGenerator out;

  private JsonModelWriter(OutputStream stream) {
    out = JSON.createGenerator(stream);
  }

  /** Starts an array of data sets. The stream stays open. */
  public static JsonModelWriter array(OutputStream stream) {
    JsonModelWriter writer = new JsonModelWriter(stream);
    writer.out.writeStartArray();
    return writer;
  }

  /** Writes a data set without an array around it. The stream stays open. */
  public static void single(DataSet dataSet, OutputStream stream) {
    try (JsonModelWriter writer = new JsonModelWriter(stream)) {
      writer.write(dataSet, BulkDataLinks.NONE);
    }
  }

  /** Adds a data set. */
  public void write(DataSet dataSet, BulkDataLinks links) {
    object(dataSet, "", links);
  }

  private void object(DataSet dataSet, String parent, BulkDataLinks links) {
    out.writeStartObject();
    for (Element element : dataSet) {
      if (ElementContent.isWritten(element)) {
        String tag = ElementContent.tag(element.tag());
        out.writeObjectPropertyStart(tag);
        out.writeStringProperty("vr", ElementContent.vr(element).name());
        String path = parent + tag;
        content(ElementContent.of(dataSet, element, path, links), path, links);
        out.writeEndObject();
      }
    }
    out.writeEndObject();
  }

  private void content(Content content, String path, BulkDataLinks links) {
    switch (content) {
      case Content.Empty empty -> {}
      case Content.Text(List<String> values) -> array(values, this::text);
      case Content.Names(List<String> values) -> array(values, this::name);
      case Content.Numbers(List<Object> values) -> array(values, this::number);
      case Content.Items(List<DataSet> items) -> {
        out.writeArrayPropertyStart("Value");
        for (int index = 0; index < items.size(); index++) {
          object(items.get(index), path + "/" + (index + 1) + "/", links);
        }
        out.writeEndArray();
      }
      case Content.Binary(Bytes bytes) -> out.writeBinaryProperty("InlineBinary", bytes.toArray());
      case Content.Bulk(String uri) -> out.writeStringProperty("BulkDataURI", uri);
    }
  }

  private <T> void array(List<T> values, Consumer<T> each) {
    out.writeArrayPropertyStart("Value");
    values.forEach(each);
    out.writeEndArray();
  }

  private void text(String value) {
    if (value.isEmpty()) {
      out.writeNull(); // F.2.5
    } else {
      out.writeString(value);
    }
  }

  private void name(String value) {
    if (value.isEmpty()) {
      out.writeNull();
      return;
    }
    out.writeStartObject();
    NameGroups.of(value).forEach((group, text) -> out.writeStringProperty(group, text));
    out.writeEndObject();
  }

  private void number(Object value) {
    switch (value) {
      case BigDecimal decimal -> out.writeNumber(decimal);
      case Long whole -> out.writeNumber(whole);
      case Float single -> out.writeNumber(single);
      case Double real -> out.writeNumber(real);
      default -> text(value.toString());
    }
  }

  /** Ends the array, if there is one. */
  @Override
  public void close() {
    if (out.streamWriteContext().inArray()) {
      out.writeEndArray();
    }
    out.close();
  }
}
