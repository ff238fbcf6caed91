package io.overread.gateway.dicomweb.store;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;
import io.overread.gateway.dicomweb.WebRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What became of the instances of one request: the Store Instances Response (PS3.18 I.2). */
final class StoreResult {

  /** An instance that is stored, now or before. */
  record Referenced(
      String sopClassUid,
      String sopInstanceUid,
      String studyInstanceUid,
      String seriesInstanceUid) {}

  /** An instance that isn't, by the UIDs that it claims; both may be empty. */
  record Failed(String sopClassUid, String sopInstanceUid, FailureReason reason) {}

  private final List<Referenced> referenced = new ArrayList<>();
  private final List<Failed> failed = new ArrayList<>();
  private @Nullable String unavailable;

  void stored(Referenced instance) {
    referenced.add(instance);
  }

  void failed(Failed instance) {
    failed.add(instance);
  }

  /** Nothing can be stored at present. */
  void unavailable(String why) {
    unavailable = why;
  }

  boolean isEmpty() {
    return referenced.isEmpty() && failed.isEmpty();
  }

  /** Why nothing at all was stored, if that was for want of resources. */
  @Nullable String whyUnavailable() {
    return referenced.isEmpty() ? unavailable : null;
  }

  /** 200 where all is stored, 202 where some is, 409 where nothing is (10.5.3.1). */
  int status() {
    if (failed.isEmpty()) {
      return 200;
    }
    return referenced.isEmpty() ? 409 : 202;
  }

  DataSet response(WebRequest request) {
    DataSet response = new DataSet();
    List<DataSet> named = new ArrayList<>();
    List<DataSet> nameless = new ArrayList<>();
    for (Failed instance : failed) {
      DataSet item = new DataSet();
      boolean hasName = !instance.sopInstanceUid().isEmpty();
      if (hasName) {
        item.putString(Tag.ReferencedSOPClassUID, instance.sopClassUid());
        item.putString(Tag.ReferencedSOPInstanceUID, instance.sopInstanceUid());
      }
      item.putInteger(Tag.FailureReason, instance.reason().code());
      (hasName ? named : nameless).add(item);
    }
    var studies = new TreeSet<>(referenced.stream().map(Referenced::studyInstanceUid).toList());
    if (studies.size() == 1) {
      response.putString(Tag.RetrieveURL, request.url(studies.first()));
    }
    put(response, Tag.FailedSOPSequence, named);
    put(response, Tag.OtherFailuresSequence, nameless);
    put(
        response,
        Tag.ReferencedSOPSequence,
        referenced.stream().map(it -> item(it, request)).toList());
    return response;
  }

  private static void put(DataSet response, int tag, List<DataSet> items) {
    if (!items.isEmpty()) {
      response.putItems(tag, items.toArray(DataSet[]::new));
    }
  }

  private static DataSet item(Referenced instance, WebRequest request) {
    return new DataSet()
        .putString(Tag.ReferencedSOPClassUID, instance.sopClassUid())
        .putString(Tag.ReferencedSOPInstanceUID, instance.sopInstanceUid())
        .putString(
            Tag.RetrieveURL,
            request.url(
                instance.studyInstanceUid(),
                instance.seriesInstanceUid(),
                instance.sopInstanceUid()));
  }
}
