package io.overread.dicom.dcm4che;

import io.overread.dicom.data.Bytes;
import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DicomFormatException;
import io.overread.dicom.data.DicomObject;
import io.overread.dicom.data.Element;
import io.overread.dicom.data.Fragments;
import io.overread.dicom.data.Octets;
import io.overread.dicom.data.Region;
import io.overread.dicom.data.Sequence;
import io.overread.dicom.data.TransferSyntax;
import io.overread.dicom.data.Value;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.BulkData;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.io.DicomInputStream.IncludeBulkData;
import org.dcm4che3.io.DicomStreamException;

/** Reads files by dcm4che and says in our records what it read. */
final class Dcm4cheFile {
  private Dcm4cheFile() {}

  static DicomObject read(Path file) throws IOException {
    try (DicomInputStream in = new DicomInputStream(file.toFile())) {
      Attributes meta = in.readFileMetaInformation();
      TransferSyntax transferSyntax = TransferSyntax.of(in.getTransferSyntax());
      // Of a deflated data set, dcm4che would write bulk data to temporary files.
      in.setIncludeBulkData(transferSyntax.deflated() ? IncludeBulkData.YES : IncludeBulkData.URI);
      DataSet dataSet = dataSet(in.readDataset());
      return new DicomObject(transferSyntax, meta == null ? new DataSet() : dataSet(meta), dataSet);
    } catch (DicomStreamException | EOFException | RuntimeException e) {
      throw new DicomFormatException(0, 0, "dcm4che can't read it: " + e.getClass().getName());
    }
  }

  private static DataSet dataSet(Attributes attributes) throws IOException {
    DataSet dataSet = new DataSet();
    if (attributes.contains(Tag.SpecificCharacterSet)) {
      dataSet.put(element(attributes, Tag.SpecificCharacterSet)); // Before any text.
    }
    for (int tag : attributes.tags()) {
      if (tag != Tag.SpecificCharacterSet) {
        dataSet.put(element(attributes, tag));
      }
    }
    return dataSet;
  }

  private static Element element(Attributes attributes, int tag) throws IOException {
    VR vr = attributes.getVR(tag);
    return new Element(tag, Vr.of(vr.name()).orElse(Vr.UN), value(attributes, tag, vr));
  }

  private static Value value(Attributes attributes, int tag, VR vr) throws IOException {
    Object value = attributes.getValue(tag);
    if (value instanceof org.dcm4che3.data.Sequence sequence) {
      List<DataSet> items = new ArrayList<>();
      for (Attributes item : sequence) {
        items.add(dataSet(item));
      }
      return new Sequence(items, false);
    }
    if (value instanceof org.dcm4che3.data.Fragments fragments) {
      return fragments(fragments);
    }
    if (value instanceof BulkData bulkData) {
      return region(bulkData, attributes.bigEndian());
    }
    if (vr == VR.SQ) {
      return new Sequence(List.of(), false);
    }
    byte[] bytes = attributes.getBytes(tag);
    if (bytes == null || bytes.length == 0) {
      return Bytes.empty();
    }
    return Bytes.copyOf(attributes.bigEndian() ? vr.toggleEndian(bytes, true) : bytes);
  }

  /** Encapsulated pixel data is little endian, PS3.5 A.4. */
  private static Fragments fragments(org.dcm4che3.data.Fragments fragments) {
    List<Octets> octets = new ArrayList<>();
    for (Object fragment : fragments) {
      octets.add(
          switch (fragment) {
            case BulkData bulkData -> region(bulkData, false);
            case byte[] bytes -> Bytes.copyOf(bytes);
            default -> Bytes.empty(); // Value.NULL
          });
    }
    return octets.isEmpty()
        ? new Fragments(Bytes.empty(), List.of())
        : new Fragments(octets.getFirst(), octets.subList(1, octets.size()));
  }

  private static Region region(BulkData bulkData, boolean bigEndian) {
    return new Region(
        bulkData.getFile().toPath(),
        bulkData.offset(),
        Integer.toUnsignedLong(bulkData.length()),
        bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
        Region.NOT_DEFLATED);
  }
}
