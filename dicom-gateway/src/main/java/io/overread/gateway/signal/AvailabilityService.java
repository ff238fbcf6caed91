package io.overread.gateway.signal;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DicomFormatException;
import io.overread.dicom.data.UidGenerator;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.net.DimseRequest;
import io.overread.dicom.net.DimseResponder;
import io.overread.dicom.net.DimseResponse;
import io.overread.dicom.net.DimseService;
import io.overread.dicom.net.DimseStatus;
import io.overread.dicom.net.dimse.CommandField;
import io.overread.gateway.study.StudySignal.Availability;
import io.overread.gateway.study.StudySignal.AvailabilityNotified;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Instance Availability Notification as SCP, PS3.4 R.3.2: an N-CREATE of which nothing is kept. */
final class AvailabilityService implements DimseService {

  private final SignalDesk desk;

  AvailabilityService(SignalDesk desk) {
    this.desk = desk;
  }

  @Override
  public Set<String> sopClassUids() {
    return Set.of(Uid.InstanceAvailabilityNotification);
  }

  @Override
  public void serve(DimseRequest request, DimseResponder responder) throws IOException {
    if (request.field() != CommandField.N_CREATE_RQ) {
      responder.respond(DimseResponse.of(DimseStatus.UNRECOGNIZED_OPERATION));
      return;
    }
    Optional<AvailabilityNotified> signal;
    try {
      signal = read(request.readDataSet(), request.association().callingAeTitle());
    } catch (DicomFormatException e) {
      signal = Optional.empty();
    }
    if (signal.isEmpty()) {
      responder.respond(
          DimseResponse.of(
              DimseStatus.INVALID_ATTRIBUTE_VALUE, "No valid study, series and instances"));
      return;
    }
    desk.take(signal.get());
    responder.respond(DimseResponse.of(DimseStatus.SUCCESS).withParameters(instance(request)));
  }

  /** An SCU may leave it to us to name the instance (PS3.7 10.1.5.1.4). */
  private static DataSet instance(DimseRequest request) {
    String uid =
        request.command().sopInstanceUid().orElseGet(() -> UidGenerator.of(UUID.randomUUID()));
    return new DataSet().putString(Tag.AffectedSOPInstanceUID, uid);
  }

  private static Optional<AvailabilityNotified> read(DataSet dataSet, String callingAeTitle) {
    List<DataSet> series = dataSet.items(Tag.ReferencedSeriesSequence);
    Optional<String> study = SeriesItems.uid(dataSet, Tag.StudyInstanceUID);
    Optional<Map<String, Set<String>>> instances =
        SeriesItems.read(series, Tag.ReferencedSOPSequence);
    Optional<Availability> availability = leastAvailable(series);
    return study.isEmpty() || instances.isEmpty() || availability.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new AvailabilityNotified(
                study.get(), instances.get(), availability.get(), callingAeTitle));
  }

  /** Empty where there is no instance, or one has no availability that the standard knows. */
  private static Optional<Availability> leastAvailable(List<DataSet> series) {
    Availability least = null;
    for (DataSet item : series) {
      for (DataSet reference : item.items(Tag.ReferencedSOPSequence)) {
        String value = reference.string(Tag.InstanceAvailability).orElse("");
        Optional<Availability> found =
            Arrays.stream(Availability.values())
                .filter(known -> known.name().equals(value))
                .findAny();
        if (found.isEmpty()) {
          return Optional.empty();
        }
        least = least == null || found.get().compareTo(least) > 0 ? found.get() : least;
      }
    }
    return Optional.ofNullable(least);
  }
}
