package io.overread.gateway.dicomweb.search;

import io.overread.dicom.data.Bytes;
import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DicomFile;
import io.overread.dicom.data.DicomFormatException;
import io.overread.dicom.data.Element;
import io.overread.dicom.data.ReadLimits;
import io.overread.dicom.data.Sequence;
import io.overread.dicom.dictionary.Tag;
import io.overread.gateway.dicomweb.search.SearchRequest.Included;
import io.overread.gateway.instance.StoredInstances;
import java.io.IOException;
import java.util.List;

/** Adds what {@code includefield} asks for and no table has, from the header of each instance. */
final class IncludedAttributes {

  private static final ReadLimits LIMITS = new ReadLimits(32, 1_000_000, 4096, 64L << 20, 8L << 30);

  private final StoredInstances instances;

  IncludedAttributes(StoredInstances instances) {
    this.instances = instances;
  }

  /** Whether no header needs to be read for them. */
  static boolean areInTables(Included included) {
    return !included.all()
        && included.tags().stream().allMatch(tag -> SearchKey.of(tag).isPresent());
  }

  /** Adds to an instance; a study or series has no header of its own. */
  void add(SearchResult result, Included included) throws IOException {
    String instance = result.instance();
    if (instance == null || areInTables(included)) {
      return;
    }
    var stored = instances.find(instance);
    if (stored.isEmpty() || !stored.get().isHere()) {
      return; // What the tables have is all that is left of it.
    }
    DataSet header;
    try {
      header = DicomFile.openBefore(stored.get().path(), Tag.PixelData, LIMITS).dataSet();
    } catch (DicomFormatException damaged) {
      throw new IOException("a stored file is no longer what it was", damaged);
    }
    for (Element element : List.copyOf(header.elements())) {
      boolean wanted = included.all() || included.tags().contains(element.tag());
      if (wanted && !result.attributes().contains(element.tag())) {
        copy(header, element, result.attributes());
      }
    }
  }

  private static void copy(DataSet header, Element element, DataSet into) {
    int tag = element.tag();
    if (element.value() instanceof Sequence) {
      List<DataSet> items = header.items(tag).stream().map(DataSet::copy).toList();
      into.put(new Element(tag, element.vr(), new Sequence(items, false)));
    } else if (element.value() instanceof Bytes) {
      if (element.vr().usesSpecificCharacterSet()) {
        into.putString(tag, element.vr(), header.strings(tag).toArray(String[]::new));
      } else {
        into.put(element);
      }
    }
  }
}
