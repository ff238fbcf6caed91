package io.overread.gateway.delivery;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.TransferSyntax;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.net.Association;
import io.overread.dicom.net.AssociationRequest;
import io.overread.dicom.net.DimseResponse;
import io.overread.dicom.net.DimseStatus;
import io.overread.dicom.net.FileResult;
import io.overread.dicom.net.RemoteApplicationEntity;
import io.overread.dicom.net.RequestorSettings;
import io.overread.dicom.net.StoreResponse;
import io.overread.dicom.net.pdu.ProposedContext;
import io.overread.dicom.toolkit.DicomToolkit;
import io.overread.gateway.delivery.Delivery.SentObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Sends by C-STORE (PS3.4 B) and asks by C-FIND at the level of images (PS3.4 C). */
final class DimseResultSender implements ResultSender {

  private static final String FIND = Uid.StudyRootQueryRetrieveInformationModelFind;
  private static final RequestorSettings SETTINGS =
      new RequestorSettings(
          RequestorSettings.DEFAULT.maximumPduLength(),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60));

  private final DicomToolkit toolkit;

  /** Asked for at each use: its address may have changed. */
  private final Supplier<RemoteApplicationEntity> remote;

  private final String callingAeTitle;

  DimseResultSender(
      DicomToolkit toolkit, Supplier<RemoteApplicationEntity> remote, String callingAeTitle) {
    this.toolkit = toolkit;
    this.remote = remote;
    this.callingAeTitle = callingAeTitle;
  }

  @Override
  public Sending send(SentObject object, Path file) {
    List<FileResult> results =
        toolkit.storageScu(remote.get(), callingAeTitle, SETTINGS).send(List.of(file));
    return switch (results.getFirst()) {
      case FileResult.Answered answered -> answered(answered.response());
      case FileResult.NotSent not -> notSent(not);
    };
  }

  private static Sending answered(StoreResponse response) {
    DimseStatus status = response.status();
    String code = String.format(Locale.ROOT, "%04X", status.code());
    if (status.category() == DimseStatus.Category.SUCCESS) {
      return new Sending.Accepted(Answer.of(code, null));
    }
    String comment = response.errorComment();
    Answer answer =
        new Answer(
            code,
            StatusWords.of(status),
            comment == null || comment.isBlank() ? null : StatusWords.line(comment));
    if (status.isDone()) {
      return new Sending.Accepted(answer);
    }
    return StatusWords.mayPass(status)
        ? new Sending.FailedForNow(answer)
        : new Sending.Refused(answer);
  }

  private static Sending notSent(FileResult.NotSent not) {
    String detail = StatusWords.line(not.detail());
    return switch (not.cause()) {
      case UNREADABLE ->
          new Sending.FailedForNow(Answer.of(null, "the object can't be read: " + detail));
      case CONTEXT_NOT_ACCEPTED ->
          new Sending.Refused(
              Answer.of(null, "the peer does not take this kind of object: " + detail));
      case ASSOCIATION_REFUSED ->
          new Sending.Refused(Answer.of(null, "the peer refused: " + detail));
      case ASSOCIATION_FAILED -> new Sending.FailedForNow(Answer.of(null, detail));
    };
  }

  @Override
  public Proof prove(SentObject object) {
    AssociationRequest request =
        new AssociationRequest(
            remote.get(),
            callingAeTitle,
            List.of(
                new ProposedContext(
                    1,
                    FIND,
                    List.of(
                        TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN.uid(),
                        TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN.uid()))),
            null,
            SETTINGS);
    try (Association association = Association.connect(request)) {
      if (association.contexts().isEmpty()) {
        return new Proof.Unknown("the peer can't be asked by C-FIND");
      }
      return find(association, object);
    } catch (IOException e) {
      return new Proof.Unknown("C-FIND: " + StatusWords.line(String.valueOf(e.getMessage())));
    }
  }

  private static Proof find(Association association, SentObject object) throws IOException {
    DataSet identifier = new DataSet();
    identifier.putString(Tag.QueryRetrieveLevel, "IMAGE");
    identifier.putString(Tag.StudyInstanceUID, object.studyInstanceUid());
    identifier.putString(Tag.SeriesInstanceUID, object.seriesInstanceUid());
    identifier.putString(Tag.SOPInstanceUID, object.sopInstanceUid());
    boolean[] found = {false};
    DimseResponse last =
        association.find(
            FIND,
            identifier,
            match -> {
              found[0] |=
                  match
                      .string(Tag.SOPInstanceUID)
                      .filter(object.sopInstanceUid()::equals)
                      .isPresent();
              return true;
            });
    if (!last.status().isDone()) {
      return new Proof.Unknown(
          String.format(
              Locale.ROOT,
              "C-FIND: %04X, %s",
              last.status().code(),
              StatusWords.of(last.status())));
    }
    return found[0]
        ? new Proof.Held("found by C-FIND")
        : new Proof.NotHeld("the peer took it, but C-FIND does not find it");
  }
}
