package io.overread.gateway.dicomweb.store;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;
import io.overread.gateway.dicomweb.Uids;
import io.overread.gateway.dicomweb.WebRequest;
import io.overread.gateway.dicomweb.store.StoreResult.Failed;
import io.overread.gateway.dicomweb.store.StoreResult.Referenced;
import io.overread.gateway.instance.Arrival;
import io.overread.gateway.instance.InstanceStore;
import io.overread.gateway.instance.StoreOutcome;
import io.overread.gateway.instance.StoredInstance;
import io.overread.gateway.instance.StoredInstances;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts the instances of one request into the store, each durably before the next is looked at. */
final class InstanceParts {

  /** Stands for the AE title that HTTP does not have. */
  static final String SENDER = "STOW-RS";

  private final InstanceStore store;
  private final StoredInstances instances;
  private final WebRequest request;
  private final @Nullable String study;
  private final StoreResult result = new StoreResult();

  /**
   * For a request.
   *
   * @param study the study that all instances must belong to, if the request names one
   */
  InstanceParts(
      InstanceStore store, StoredInstances instances, WebRequest request, @Nullable String study) {
    this.store = store;
    this.instances = instances;
    this.request = request;
    this.study = study;
  }

  StoreResult result() {
    return result;
  }

  /**
   * Stores a DICOM file.
   *
   * @throws IOException if the body of the request breaks off
   */
  void file(InputStream file) throws IOException {
    Optional<FilePrefix> prefix = FilePrefix.read(file);
    if (prefix.isPresent()) {
      FilePrefix read = prefix.get();
      store(read.sopClassUid(), read.sopInstanceUid(), read.transferSyntaxUid(), read.dataSet());
    } else {
      result.failed(new Failed("", "", FailureReason.CANNOT_UNDERSTAND));
    }
  }

  /** Notes an object that can't be read. */
  void unreadable(DataSet object) {
    String sopInstance = object.string(Tag.SOPInstanceUID).filter(Uids::isUid).orElse("");
    String sopClass = object.string(Tag.SOPClassUID).filter(Uids::isUid).orElse("");
    result.failed(
        sopClass.isEmpty() || sopInstance.isEmpty()
            ? new Failed("", "", FailureReason.CANNOT_UNDERSTAND)
            : new Failed(sopClass, sopInstance, FailureReason.CANNOT_UNDERSTAND));
  }

  /** Stores a data set in a transfer syntax. */
  void store(String sopClass, String sopInstance, String transferSyntax, InputStream dataSet)
      throws IOException {
    if (!Uids.isUid(sopClass) || !Uids.isUid(sopInstance) || !Uids.isUid(transferSyntax)) {
      result.failed(new Failed("", "", FailureReason.CANNOT_UNDERSTAND));
      return;
    }
    Arrival arrival =
        new Arrival(
            sopClass,
            sopInstance,
            transferSyntax,
            SENDER,
            request.remoteAddress(),
            new Arrival.OverHttp(request.user(), study));
    switch (store.receive(arrival, dataSet)) {
      case StoreOutcome.Stored(StoredInstance instance) -> result.stored(referenced(instance));
      case StoreOutcome.AlreadyStored(String known) ->
          instances.find(known).ifPresent(instance -> result.stored(referenced(instance)));
      case StoreOutcome.DifferentObject other ->
          failed(arrival, FailureReason.DUPLICATE_SOP_INSTANCE);
      case StoreOutcome.Malformed malformed ->
          failed(
              arrival,
              switch (malformed.defect()) {
                case UNREADABLE, INVALID_UID -> FailureReason.CANNOT_UNDERSTAND;
                case OTHER_SOP_CLASS, OTHER_SOP_INSTANCE, OTHER_STUDY ->
                    FailureReason.DATA_SET_DOES_NOT_MATCH;
              });
      case StoreOutcome.OutOfResources full -> {
        result.unavailable(full.detail());
        failed(arrival, FailureReason.OUT_OF_RESOURCES);
      }
    }
  }

  private void failed(Arrival arrival, FailureReason reason) {
    result.failed(new Failed(arrival.sopClassUid(), arrival.sopInstanceUid(), reason));
  }

  private static Referenced referenced(StoredInstance instance) {
    return new Referenced(
        instance.sopClassUid(),
        instance.sopInstanceUid(),
        instance.studyInstanceUid(),
        instance.seriesInstanceUid());
  }
}
