package io.overread.dicom.net;

import io.overread.dicom.net.dimse.CommandSet;
import io.overread.dicom.net.dimse.DataSetInputStream;
import io.overread.dicom.net.dimse.DimseSender;
import io.overread.dicom.net.dimse.Incoming;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/** Answers C-STORE requests by a handler, PS3.7 9.3.1, be they operations or sub-operations. */
record StoreReception(
    StoreHandler handler, AssociationInfo association, Consumer<AssociationEvent> events) {

  StoreResponse store(Incoming.Message message, AcceptedContext context) throws IOException {
    CommandSet command = message.command();
    Optional<String> sopClass = command.sopClassUid();
    Optional<String> sopInstance = command.sopInstanceUid();
    if (sopClass.isEmpty() || !sopClass.get().equals(context.abstractSyntaxUid())) {
      return StoreResponse.of(
          DimseStatus.SOP_CLASS_NOT_SUPPORTED, "not the SOP Class of the presentation context");
    }
    if (sopInstance.isEmpty()) {
      return StoreResponse.of(DimseStatus.INVALID_SOP_INSTANCE, "no valid SOP Instance UID");
    }
    if (!command.hasDataSet()) {
      return StoreResponse.of(DimseStatus.CANNOT_UNDERSTAND, "a C-STORE without a data set");
    }
    StoreRequest request =
        new StoreRequest(
            command.messageId().orElse(0),
            sopClass.get(),
            sopInstance.get(),
            context.transferSyntaxUid(),
            association);
    return handle(request, message.dataSet());
  }

  /** Answers a message of which nothing more is read. */
  static void respond(DimseSender sender, Incoming.Message message, StoreResponse response)
      throws IOException {
    message.dataSet().finish();
    CommandSet answer =
        message
            .command()
            .respond(
                response.status().code(), response.errorComment(), response.offendingElements());
    sender.send(message.contextId(), answer);
  }

  private StoreResponse handle(StoreRequest request, DataSetInputStream dataSet)
      throws IOException {
    try {
      return handler.store(request, dataSet);
    } catch (IOException | RuntimeException e) {
      if (dataSet.isBroken()) {
        throw new IOException("the association ended within the data set", e);
      }
      events.accept(new AssociationEvent.HandlerFailed(request, e));
      return StoreResponse.of(DimseStatus.PROCESSING_FAILURE);
    }
  }
}
