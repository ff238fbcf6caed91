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
import io.overread.gateway.signal.PerformedStepTable.Step;
import io.overread.gateway.study.StudySignal.End;
import io.overread.gateway.study.StudySignal.PerformedStepEnded;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Modality Performed Procedure Step as SCP, PS3.4 F.7.2: N-CREATE begins a step, an N-SET may end
 * it. Of a step only its studies and its end are kept.
 */
final class PerformedStepService implements DimseService {

  private static final String IN_PROGRESS = "IN PROGRESS";
  private static final DimseStatus NO_SUCH_OBJECT_INSTANCE = new DimseStatus(0x0112);

  /** The step may no longer be updated (PS3.4 F.7.2.2.4), as Error ID of a processing failure. */
  private static final int ENDED_ALREADY = 0xA710;

  private final PerformedStepTable table;
  private final SignalDesk desk;
  private final Clock clock;

  PerformedStepService(PerformedStepTable table, SignalDesk desk, Clock clock) {
    this.table = table;
    this.desk = desk;
    this.clock = clock;
  }

  @Override
  public Set<String> sopClassUids() {
    return Set.of(Uid.ModalityPerformedProcedureStep);
  }

  @Override
  public void serve(DimseRequest request, DimseResponder responder) throws IOException {
    DataSet dataSet;
    try {
      dataSet = request.readDataSet();
    } catch (DicomFormatException e) {
      responder.respond(DimseResponse.of(DimseStatus.INVALID_ATTRIBUTE_VALUE));
      return;
    }
    responder.respond(
        switch (request.field()) {
          case CommandField.N_CREATE_RQ -> create(request, dataSet);
          case CommandField.N_SET_RQ -> set(request, dataSet);
          default -> DimseResponse.of(DimseStatus.UNRECOGNIZED_OPERATION);
        });
  }

  private DimseResponse create(DimseRequest request, DataSet dataSet) {
    List<String> studies =
        dataSet.items(Tag.ScheduledStepAttributesSequence).stream()
            .flatMap(item -> SeriesItems.uid(item, Tag.StudyInstanceUID).stream())
            .distinct()
            .toList();
    if (studies.isEmpty() || !status(dataSet).equals(IN_PROGRESS)) {
      return DimseResponse.of(
          DimseStatus.INVALID_ATTRIBUTE_VALUE, "A step begins in progress, for a study");
    }
    String uid =
        request.command().sopInstanceUid().orElseGet(() -> UidGenerator.of(UUID.randomUUID()));
    boolean added = table.insert(uid, request.association().callingAeTitle(), studies, now());
    return added
        ? DimseResponse.of(DimseStatus.SUCCESS)
            .withParameters(new DataSet().putString(Tag.AffectedSOPInstanceUID, uid))
        : DimseResponse.of(DimseStatus.DUPLICATE_SOP_INSTANCE);
  }

  private DimseResponse set(DimseRequest request, DataSet dataSet) {
    Optional<String> uid = request.command().sopInstanceUid();
    Optional<Map<String, Set<String>>> series =
        SeriesItems.read(
            dataSet.items(Tag.PerformedSeriesSequence),
            Tag.ReferencedImageSequence,
            Tag.ReferencedNonImageCompositeSOPInstanceSequence);
    if (uid.isEmpty() || series.isEmpty()) {
      return DimseResponse.of(DimseStatus.INVALID_ATTRIBUTE_VALUE);
    }
    return desk.within(() -> set(uid.get(), status(dataSet), series.get(), request));
  }

  private DimseResponse set(
      String uid, String status, Map<String, Set<String>> series, DimseRequest request) {
    Step step = table.lock(uid).orElse(null);
    if (step == null) {
      return DimseResponse.of(NO_SUCH_OBJECT_INSTANCE);
    }
    if (!step.status().equals(IN_PROGRESS)) {
      return DimseResponse.of(DimseStatus.PROCESSING_FAILURE, "The step has ended")
          .withParameters(new DataSet().putInteger(Tag.ErrorID, ENDED_ALREADY));
    }
    if (status.isEmpty() || status.equals(IN_PROGRESS)) {
      return DimseResponse.of(DimseStatus.SUCCESS);
    }
    if (!status.equals(End.COMPLETED.name()) && !status.equals(End.DISCONTINUED.name())) {
      return DimseResponse.of(DimseStatus.INVALID_ATTRIBUTE_VALUE, "No status of a step");
    }
    table.end(uid, status, now());
    for (String study : step.studyInstanceUids()) {
      desk.take(
          new PerformedStepEnded(
              study, uid, series, End.valueOf(status), request.association().callingAeTitle()));
    }
    return DimseResponse.of(DimseStatus.SUCCESS);
  }

  private static String status(DataSet dataSet) {
    return dataSet.string(Tag.PerformedProcedureStepStatus).orElse("");
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
