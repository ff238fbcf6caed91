package io.overread.dicom.net;

import io.overread.dicom.net.dimse.CommandField;
import io.overread.dicom.net.dimse.CommandSet;
import io.overread.dicom.net.dimse.DataSetInputStream;
import io.overread.dicom.net.dimse.DimseReceiver;
import io.overread.dicom.net.dimse.DimseSender;
import io.overread.dicom.net.dimse.Incoming;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Answers the messages of one association: C-ECHO and C-STORE, PS3.7 9.3. */
final class MessageService {
  private final DimseSender sender;
  private final Map<Integer, AcceptedContext> contexts;
  private final AssociationInfo association;
  private final AcceptorServices services;

  MessageService(
      DimseSender sender,
      Map<Integer, AcceptedContext> contexts,
      AssociationInfo association,
      AcceptorServices services) {
    this.sender = sender;
    this.contexts = contexts;
    this.association = association;
    this.services = services;
  }

  /**
   * Answers all messages until something else comes.
   *
   * @return the release or the end
   * @throws IOException when the connection breaks while we send
   */
  Incoming serveAll(DimseReceiver receiver) throws IOException {
    while (true) {
      Incoming incoming = receiver.next();
      if (!(incoming instanceof Incoming.Message message)) {
        return incoming;
      }
      if (message.command().isResponse()) {
        return receiver.abort("a response to nothing that was asked");
      }
      serve(message);
    }
  }

  private void serve(Incoming.Message message) throws IOException {
    CommandSet command = message.command();
    switch (command.field()) {
      case CommandField.C_STORE_RQ -> respond(message, store(message));
      case CommandField.C_ECHO_RQ -> respond(message, StoreResponse.SUCCESS);
      // What it would cancel has been answered: there is one operation at a time.
      case CommandField.C_CANCEL_RQ -> message.dataSet().finish();
      default -> respond(message, StoreResponse.of(DimseStatus.UNRECOGNIZED_OPERATION));
    }
  }

  private void respond(Incoming.Message message, StoreResponse response) throws IOException {
    message.dataSet().finish();
    CommandSet answer =
        message
            .command()
            .respond(
                response.status().code(), response.errorComment(), response.offendingElements());
    sender.send(message.contextId(), answer);
  }

  private StoreResponse store(Incoming.Message message) throws IOException {
    CommandSet command = message.command();
    AcceptedContext context = Objects.requireNonNull(contexts.get(message.contextId()));
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

  private StoreResponse handle(StoreRequest request, DataSetInputStream dataSet)
      throws IOException {
    try {
      return services.handler().store(request, dataSet);
    } catch (IOException | RuntimeException e) {
      if (dataSet.isBroken()) {
        throw new IOException("the association ended within the data set", e);
      }
      services.tell(new AssociationEvent.HandlerFailed(request, e));
      return StoreResponse.of(DimseStatus.PROCESSING_FAILURE);
    }
  }
}
