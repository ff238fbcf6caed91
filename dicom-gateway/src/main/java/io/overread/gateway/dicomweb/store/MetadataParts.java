package io.overread.gateway.dicomweb.store;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DataSetWriter;
import io.overread.dicom.data.Element;
import io.overread.dicom.data.LengthEncoding;
import io.overread.dicom.data.TagNumber;
import io.overread.dicom.data.TransferSyntax;
import io.overread.dicom.dictionary.Tag;
import io.overread.gateway.dicomweb.DicomwebProblem;
import io.overread.gateway.dicomweb.ResourceType;
import io.overread.gateway.dicomweb.Uids;
import io.overread.gateway.dicomweb.model.JsonModelReader;
import io.overread.gateway.dicomweb.model.ModelException;
import io.overread.gateway.dicomweb.multipart.MultipartReader;
import io.overread.gateway.dicomweb.multipart.Part;
import io.overread.gateway.instance.StoreSpace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Makes instances of metadata in JSON and of the bulk data that comes with it (PS3.18 10.5.2). The
 * metadata comes first; what is made is encoded in explicit VR little endian, or in the transfer
 * syntax of its compressed pixel data.
 */
final class MetadataParts {

  private static final int LONGEST_METADATA = 16 << 20;

  private final StoreSpace space;
  private final InstanceParts instances;

  MetadataParts(StoreSpace space, InstanceParts instances) {
    this.space = space;
    this.instances = instances;
  }

  void store(MultipartReader parts) throws IOException {
    Part first = parts.next();
    if (first == null) {
      return;
    }
    if (!first.header("Content-Type").orElse("").startsWith(ResourceType.JSON)) {
      throw DicomwebProblem.badRequest("The first part has to be the metadata.");
    }
    List<JsonNode> objects = metadata(first.body());
    try (BulkDataParts bulkData = new BulkDataParts(space)) {
      for (Part part = parts.next(); part != null; part = parts.next()) {
        bulkData.keep(part);
      }
      for (JsonNode object : objects) {
        store(object, bulkData);
      }
    }
  }

  private static List<JsonNode> metadata(InputStream body) throws IOException {
    byte[] json = body.readNBytes(LONGEST_METADATA + 1);
    if (json.length > LONGEST_METADATA) {
      throw DicomwebProblem.tooLarge("The metadata is too large.");
    }
    try {
      return JsonModelReader.objects(new ByteArrayInputStream(json));
    } catch (ModelException e) {
      throw DicomwebProblem.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private void store(JsonNode object, BulkDataParts bulkData) throws IOException {
    DataSet dataSet;
    try {
      dataSet = new JsonModelReader(bulkData::value).read(object);
    } catch (ModelException e) {
      instances.unreadable(identity(object));
      return;
    }
    String pixels = object.path("7FE00010").path("BulkDataURI").asString("");
    String transferSyntax = bulkData.transferSyntax(pixels);
    // Group 0002 is of a file, not of a data set; some clients send it along.
    dataSet.elements().stream()
        .map(Element::tag)
        .filter(tag -> TagNumber.group(tag) == 2)
        .toList()
        .forEach(dataSet::remove);
    Path encoded = bulkData.temporary();
    try (OutputStream out = Files.newOutputStream(encoded)) {
      new DataSetWriter(LengthEncoding.EXPLICIT)
          .write(dataSet, TransferSyntax.of(transferSyntax), out);
    }
    try (InputStream in = Files.newInputStream(encoded)) {
      instances.store(
          dataSet.string(Tag.SOPClassUID).orElse(""),
          dataSet.string(Tag.SOPInstanceUID).orElse(""),
          transferSyntax,
          in);
    }
  }

  /** What an object that can't be read says it is. */
  private static DataSet identity(JsonNode object) {
    DataSet identity = new DataSet();
    put(identity, Tag.SOPClassUID, object.path("00080016").path("Value").path(0).asString(null));
    put(identity, Tag.SOPInstanceUID, object.path("00080018").path("Value").path(0).asString(null));
    return identity;
  }

  private static void put(DataSet identity, int tag, @Nullable String uid) {
    if (uid != null && Uids.isUid(uid)) {
      identity.putString(tag, uid);
    }
  }
}
