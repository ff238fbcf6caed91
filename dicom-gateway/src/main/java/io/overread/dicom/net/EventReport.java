package io.overread.dicom.net;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DicomFormatException;
import io.overread.dicom.dictionary.Tag;
import java.io.IOException;
import java.util.Optional;

/**
 * An N-EVENT-REPORT, PS3.7 10.1.1.
 *
 * @param sopClassUid Affected SOP Class UID
 * @param sopInstanceUid Affected SOP Instance UID
 * @param eventTypeId Event Type ID
 * @param dataSet Event Information, empty where there is none
 */
public record EventReport(
    String sopClassUid, String sopInstanceUid, int eventTypeId, DataSet dataSet) {
  /**
   * What an N-EVENT-REPORT-RQ says; empty where it names no SOP Instance.
   *
   * @throws DicomFormatException when its data set is malformed
   * @throws IOException when the association ends within it
   */
  public static Optional<EventReport> of(DimseRequest request) throws IOException {
    Optional<String> instance = request.command().sopInstanceUid();
    if (instance.isEmpty()) {
      return Optional.empty();
    }
    int event = request.command().number(Tag.EventTypeID).orElse(0);
    return Optional.of(
        new EventReport(request.sopClassUid(), instance.get(), event, request.readDataSet()));
  }

  /** Takes what is reported; what it returns is what the peer is told. */
  @FunctionalInterface
  public interface Listener {
    /** Takes a report. */
    DimseStatus report(EventReport event);
  }
}
