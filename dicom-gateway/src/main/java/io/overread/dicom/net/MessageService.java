package io.overread.dicom.net;

import io.overread.dicom.net.dimse.CommandField;
import io.overread.dicom.net.dimse.DimseSender;
import io.overread.dicom.net.dimse.Incoming;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Answers the messages of one association: C-ECHO and C-STORE, PS3.7 9.3, and what the registered
 * services serve.
 */
final class MessageService {
  private final AssociationChannel channel;
  private final AssociationAnswer answer;
  private final Map<Integer, AcceptedContext> contexts;
  private final AssociationInfo association;
  private final AcceptorServices services;
  private final StoreReception reception;
  private boolean reporting;

  /** How messages come and go on an association. */
  record AssociationChannel(DimseSender sender, Inbox inbox, Requests requests) {}

  MessageService(
      AssociationChannel channel,
      AssociationAnswer answer,
      AssociationInfo association,
      AcceptorServices services) {
    this.channel = channel;
    this.answer = answer;
    this.contexts = answer.contextsById();
    this.association = association;
    this.services = services;
    this.reception = new StoreReception(services.handler(), association, services::tell);
  }

  /**
   * Answers all messages until something else comes.
   *
   * @return the release or the end
   * @throws IOException when the connection breaks while we send
   */
  Incoming serveAll() throws IOException {
    while (true) {
      Incoming incoming = channel.inbox().next();
      if (!(incoming instanceof Incoming.Message message)) {
        return incoming;
      }
      if (message.command().isResponse()) {
        return channel.inbox().abort("a response to nothing that was asked");
      }
      serve(message);
    }
  }

  private void serve(Incoming.Message message) throws IOException {
    AcceptedContext context = Objects.requireNonNull(contexts.get(message.contextId()));
    Optional<DimseService> service =
        services.negotiation().services().find(context.abstractSyntaxUid());
    if (service.isPresent()) {
      serve(message, context, service.get());
      return;
    }
    switch (message.command().field()) {
      case CommandField.C_STORE_RQ -> respond(message, reception.store(message, context));
      case CommandField.C_ECHO_RQ -> respond(message, StoreResponse.SUCCESS);
      default -> respond(message, StoreResponse.of(DimseStatus.UNRECOGNIZED_OPERATION));
    }
  }

  private void respond(Incoming.Message message, StoreResponse response) throws IOException {
    StoreReception.respond(channel.sender(), message, response);
  }

  private void serve(Incoming.Message message, AcceptedContext context, DimseService service)
      throws IOException {
    Optional<String> sopClass = message.command().sopClassUid();
    if (sopClass.isEmpty() || !sopClass.get().equals(context.abstractSyntaxUid())) {
      respond(
          message,
          StoreResponse.of(
              DimseStatus.SOP_CLASS_NOT_SUPPORTED,
              "not the SOP Class of the presentation context"));
      return;
    }
    DimseRequest request =
        new DimseRequest(message.command(), context, message.dataSet(), association);
    DimseResponder responder = responder(message, context);
    channel.inbox().begin();
    try {
      service.serve(request, responder);
    } catch (IOException | RuntimeException e) {
      if (!channel.requests().isEstablished()) {
        throw new IOException("the association ended within a message", e);
      }
      services.tell(new AssociationEvent.ServiceFailed(association, sopClass.get(), e));
    }
    if (!responder.hasResponded()) {
      responder.respond(DimseResponse.of(DimseStatus.PROCESSING_FAILURE));
    }
  }

  private DimseResponder responder(Incoming.Message message, AcceptedContext context) {
    return new DimseResponder(
        message,
        context,
        new DimseResponder.Peer(
            channel.sender(),
            channel.inbox(),
            channel.requests(),
            reporting ? null : new WhileReporting(),
            answer.contextsOfScp()));
  }

  /** A request may cross our report: each side has operations of its own (PS3.7 D.3.3.3). */
  private final class WhileReporting implements Meanwhile {
    @Override
    public boolean serve(Incoming.Message request) throws IOException {
      reporting = true;
      try {
        MessageService.this.serve(request);
        return true;
      } finally {
        reporting = false;
      }
    }

    @Override
    public boolean mayRelease() {
      return true;
    }
  }
}
