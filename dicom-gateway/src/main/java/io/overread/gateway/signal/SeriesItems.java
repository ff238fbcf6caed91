package io.overread.gateway.signal;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.net.pdu.WireText;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the sequences of series in which instances are told. */
final class SeriesItems {

  private SeriesItems() {}

  /**
   * The SOP Instance UIDs of each series.
   *
   * @param within the sequences of references in an item
   * @return empty when an item lacks a UID or has one that is none
   */
  static Optional<Map<String, Set<String>>> read(List<DataSet> series, int... within) {
    Map<String, Set<String>> bySeries = new LinkedHashMap<>();
    for (DataSet item : series) {
      Optional<String> seriesUid = uid(item, Tag.SeriesInstanceUID);
      if (seriesUid.isEmpty()) {
        return Optional.empty();
      }
      Set<String> instances = bySeries.computeIfAbsent(seriesUid.get(), _ -> new LinkedHashSet<>());
      for (int sequence : within) {
        for (DataSet reference : item.items(sequence)) {
          Optional<String> instance = uid(reference, Tag.ReferencedSOPInstanceUID);
          if (instance.isEmpty()) {
            return Optional.empty();
          }
          instances.add(instance.get());
        }
      }
    }
    return Optional.of(bySeries);
  }

  static Optional<String> uid(DataSet dataSet, int tag) {
    return dataSet.string(tag).filter(WireText::isUid);
  }
}
