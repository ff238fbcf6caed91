package io.overread.gateway.dicomweb.model;

import io.overread.dicom.data.Bytes;
import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.Element;
import io.overread.dicom.data.Sequence;
import io.overread.dicom.data.TagNumber;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.DataElementDictionary;
import io.overread.dicom.dictionary.DictionaryEntry;
import io.overread.dicom.dictionary.Tag;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads data sets in the DICOM JSON Model (PS3.18 F.2). Their text becomes UTF-8. */
public final class JsonModelReader {

  private static final Pattern TAG = Pattern.compile("[0-9A-Fa-f]{8}");
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(100)
                          .maxNumberLength(64)
                          .maxNameLength(64)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final BulkDataValues bulkData;

  /** A reader of models beside which values came. */
  public JsonModelReader(BulkDataValues bulkData) {
    this.bulkData = bulkData;
  }

  /**
   * The objects of an array, or a single object, not yet looked at.
   *
   * @param json bounded by the caller; it is held in memory
   * @throws ModelException if it is no JSON, or not an array of objects
   */
  public static List<JsonNode> objects(InputStream json) {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JacksonException malformed) {
      // Its own message shows what was sent, which may be patient data.
      throw new ModelException("The metadata is no JSON.");
    }
    List<JsonNode> objects = new ArrayList<>();
    if (root.isObject()) {
      objects.add(root);
    } else if (root.isArray()) {
      root.forEach(objects::add);
    }
    if (objects.isEmpty() || !objects.stream().allMatch(JsonNode::isObject)) {
      throw new ModelException("The metadata has to be an array of objects.");
    }
    return objects;
  }

  /**
   * The data set of an object.
   *
   * @throws ModelException if an attribute isn't what F.2 says
   */
  public DataSet read(JsonNode object) {
    DataSet dataSet = DataSet.withCharacterSet("ISO_IR 192");
    fill(dataSet, object);
    return dataSet;
  }

  private void fill(DataSet dataSet, JsonNode object) {
    for (var property : object.properties()) {
      if (!TAG.matcher(property.getKey()).matches()) {
        throw new ModelException("A name is no tag of eight hexadecimal digits.");
      }
      int tag = Integer.parseUnsignedInt(property.getKey(), 16);
      if (tag != Tag.SpecificCharacterSet && !TagNumber.isGroupLength(tag)) {
        try {
          attribute(dataSet, tag, property.getValue());
        } catch (IllegalArgumentException | ArithmeticException misfit) {
          throw new ModelException(TagNumber.toString(tag) + " has a value that does not fit.");
        }
      }
    }
  }

  private void attribute(DataSet dataSet, int tag, JsonNode attribute) {
    Vr vr = vr(tag, attribute);
    JsonNode values = attribute.path("Value");
    if (attribute.has("BulkDataURI")) {
      String uri = attribute.path("BulkDataURI").asString("");
      dataSet.put(
          new Element(
              tag,
              vr,
              bulkData
                  .value(uri)
                  .orElseThrow(
                      () ->
                          new ModelException(
                              TagNumber.toString(tag) + " has bulk data that was not sent."))));
    } else if (attribute.has("InlineBinary")) {
      byte[] bytes = Base64.getDecoder().decode(attribute.path("InlineBinary").asString(""));
      dataSet.putBytes(tag, vr, bytes);
    } else if (vr == Vr.SQ) {
      items(dataSet, tag, values);
    } else if (values.isEmpty()) {
      dataSet.put(new Element(tag, vr, Bytes.empty()));
    } else {
      values(dataSet, tag, vr, values);
    }
  }

  /** Each item is filled when it has its place: its text is of the character set around it. */
  private void items(DataSet dataSet, int tag, JsonNode values) {
    List<DataSet> items = new ArrayList<>();
    for (int index = 0; index < values.size(); index++) {
      items.add(new DataSet());
    }
    dataSet.put(new Element(tag, Vr.SQ, new Sequence(items, false)));
    for (int index = 0; index < values.size(); index++) {
      if (!values.get(index).isObject() && !values.get(index).isNull()) {
        throw new ModelException(TagNumber.toString(tag) + " has an item that is no object.");
      }
      fill(items.get(index), values.get(index));
    }
  }

  private static Vr vr(int tag, JsonNode attribute) {
    String named = attribute.path("vr").asString("");
    if (named.isEmpty()) {
      named = DataElementDictionary.find(tag).map(DictionaryEntry::valueRepresentation).orElse("");
    }
    return Vr.of(named)
        .orElseThrow(
            () -> new ModelException(TagNumber.toString(tag) + " lacks a value representation."));
  }

  private static void values(DataSet dataSet, int tag, Vr vr, JsonNode values) {
    switch (vr) {
      case AT ->
          dataSet.putInteger(
              tag,
              vr,
              values
                  .valueStream()
                  .mapToLong(value -> Long.parseLong(value.asString(), 16))
                  .toArray());
      case US, SS, UL, SL ->
          dataSet.putInteger(
              tag, vr, values.valueStream().mapToLong(JsonModelReader::whole).toArray());
      case SV, UV ->
          dataSet.putInteger(
              tag, vr, values.valueStream().mapToLong(value -> veryLong(vr, value)).toArray());
      case FL, FD -> JsonNumbers.put(dataSet, tag, vr, values);
      case PN -> dataSet.putString(tag, vr, texts(values, JsonModelReader::name));
      case DS -> dataSet.putString(tag, vr, texts(values, JsonNumbers::decimalString));
      case OB, OD, OF, OL, OV, OW, UN, SQ ->
          throw new ModelException(TagNumber.toString(tag) + " can't have a Value.");
      default -> dataSet.putString(tag, vr, texts(values, JsonModelReader::text));
    }
  }

  private static String[] texts(JsonNode values, Function<JsonNode, String> form) {
    return values
        .valueStream()
        .map(value -> value.isNull() ? "" : form.apply(value))
        .toArray(String[]::new);
  }

  private static String text(JsonNode value) {
    if (value.isContainer()) {
      throw new IllegalArgumentException("a text that is none");
    }
    return value.isNumber() ? value.decimalValue().toPlainString() : value.asString();
  }

  private static String name(JsonNode value) {
    if (value.isString()) {
      return value.asString();
    }
    String joined =
        String.join(
            "=", NameGroups.GROUPS.stream().map(group -> value.path(group).asString("")).toList());
    return joined.replaceAll("=+$", "");
  }

  private static long whole(JsonNode value) {
    return value.isString()
        ? Long.parseLong(value.asString())
        : value.decimalValue().longValueExact();
  }

  private static long veryLong(Vr vr, JsonNode value) {
    String digits = text(value);
    return vr == Vr.UV ? Long.parseUnsignedLong(digits) : Long.parseLong(digits);
  }
}
