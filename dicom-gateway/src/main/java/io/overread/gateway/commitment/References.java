package io.overread.gateway.commitment;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.net.pdu.WireText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The data sets of Storage Commitment, PS3.4 Tables J.3-1 and J.3-2. */
final class References {

  /** Committing to all, PS3.4 J.3.3.1.1. */
  static final int EVENT_ALL = 1;

  /** Failures exist. */
  static final int EVENT_SOME_FAILED = 2;

  private static final int MOST = 50_000;

  private References() {}

  static Optional<String> transactionUid(DataSet dataSet) {
    return dataSet.string(Tag.TransactionUID).filter(WireText::isUid);
  }

  /** What a sequence refers to; empty when it has too many items, or one without its UIDs. */
  static Optional<List<InstanceReference>> read(DataSet dataSet, int sequence) {
    List<DataSet> items = dataSet.items(sequence);
    List<InstanceReference> references = new ArrayList<>();
    for (DataSet item : items) {
      Optional<String> sopClass = uid(item, Tag.ReferencedSOPClassUID);
      Optional<String> sopInstance = uid(item, Tag.ReferencedSOPInstanceUID);
      if (items.size() > MOST || sopClass.isEmpty() || sopInstance.isEmpty()) {
        return Optional.empty();
      }
      references.add(new InstanceReference(sopClass.get(), sopInstance.get()));
    }
    return Optional.of(references);
  }

  /** Action Information of a request. */
  static DataSet request(String transactionUid, List<InstanceReference> references) {
    return new DataSet()
        .putString(Tag.TransactionUID, transactionUid)
        .putItems(Tag.ReferencedSOPSequence, items(references, _ -> true));
  }

  /**
   * Event Information of a report.
   *
   * @param reasons Failure Reason (0008,1197) of those that failed, by SOP Instance UID
   */
  static DataSet report(
      String transactionUid,
      String retrieveAeTitle,
      List<InstanceReference> references,
      Map<String, Integer> reasons) {
    DataSet report =
        new DataSet()
            .putString(Tag.TransactionUID, transactionUid)
            .putString(Tag.RetrieveAETitle, retrieveAeTitle);
    DataSet[] committed =
        items(references, reference -> !reasons.containsKey(reference.sopInstanceUid()));
    if (committed.length > 0) {
      report.putItems(Tag.ReferencedSOPSequence, committed);
    }
    DataSet[] failed =
        items(references, reference -> reasons.containsKey(reference.sopInstanceUid()));
    for (DataSet item : failed) {
      Integer reason = reasons.get(item.string(Tag.ReferencedSOPInstanceUID).orElse(""));
      item.putInteger(Tag.FailureReason, reason == null ? 0 : reason);
    }
    if (failed.length > 0) {
      report.putItems(Tag.FailedSOPSequence, failed);
    }
    return report;
  }

  /** The Failure Reasons that a report gives, by SOP Instance UID. */
  static Map<String, Integer> failures(DataSet report) {
    Map<String, Integer> failures = new LinkedHashMap<>();
    for (DataSet item : report.items(Tag.FailedSOPSequence)) {
      uid(item, Tag.ReferencedSOPInstanceUID)
          .ifPresent(uid -> failures.put(uid, item.integer(Tag.FailureReason).orElse(0)));
    }
    return failures;
  }

  private static DataSet[] items(
      List<InstanceReference> references, Predicate<InstanceReference> which) {
    return references.stream()
        .filter(which)
        .map(
            reference ->
                new DataSet()
                    .putString(Tag.ReferencedSOPClassUID, reference.sopClassUid())
                    .putString(Tag.ReferencedSOPInstanceUID, reference.sopInstanceUid()))
        .toArray(DataSet[]::new);
  }

  private static Optional<String> uid(DataSet item, int tag) {
    return item.string(tag).filter(WireText::isUid);
  }
}
