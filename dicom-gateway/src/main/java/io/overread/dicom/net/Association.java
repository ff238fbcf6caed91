package io.overread.dicom.net;

import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.net.association.Connection;
import io.overread.dicom.net.association.Indication;
import io.overread.dicom.net.association.State;
import io.overread.dicom.net.association.UpperLayer;
import io.overread.dicom.net.association.UpperLayerTimeouts;
import io.overread.dicom.net.dimse.CommandSet;
import io.overread.dicom.net.dimse.DataSetSourceException;
import io.overread.dicom.net.dimse.DimseReceiver;
import io.overread.dicom.net.dimse.DimseSender;
import io.overread.dicom.net.dimse.Incoming;
import io.overread.dicom.net.pdu.AssociateAc;
import io.overread.dicom.net.pdu.ContextResult;
import io.overread.dicom.net.pdu.ProposedContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An association that we requested, as SCU of Verification and Storage. For one thread at a time,
 * save {@link #abort}. An {@link IOException} from any operation means that the association has
 * ended.
 */
public final class Association implements AutoCloseable {
  private static final int LAST_MESSAGE_ID = 0xFFFF;

  private final UpperLayer layer;
  private final List<AcceptedContext> contexts;
  private final DimseReceiver receiver;
  private final DimseSender sender;
  private int messageId;

  private Association(UpperLayer layer, List<AcceptedContext> contexts, long peerMaximumLength) {
    this.layer = layer;
    this.contexts = List.copyOf(contexts);
    this.receiver =
        new DimseReceiver(
            layer, contexts.stream().map(AcceptedContext::id).collect(Collectors.toSet()));
    this.sender = new DimseSender(layer, peerMaximumLength);
  }

  /**
   * Connects and associates.
   *
   * @throws AssociationRefusedException when the peer refuses
   * @throws IOException when it cannot be reached, or ends the connection
   */
  public static Association connect(AssociationRequest request) throws IOException {
    RequestorSettings settings = request.settings();
    Socket socket = new Socket();
    UpperLayer layer;
    try {
      socket.connect(request.remote().address(), (int) settings.connect().toMillis());
      layer =
          UpperLayer.request(
              new Connection(socket, request.remote().engine()),
              request.pdu(),
              settings.maximumPduLength(),
              new UpperLayerTimeouts(
                  settings.response(), settings.response(), settings.response(), settings.send()));
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    boolean associated = false;
    try {
      Association association = confirmed(layer, request.contexts());
      associated = true;
      return association;
    } finally {
      if (!associated) {
        layer.close();
      }
    }
  }

  private static Association confirmed(UpperLayer layer, List<ProposedContext> proposed)
      throws IOException {
    return switch (layer.receive()) {
      case Indication.AssociateAccepted(AssociateAc acceptance) -> {
        long maximumLength = acceptance.userInformation().maximumLength();
        if (!DimseSender.isUsable(maximumLength)) {
          layer.abort("a maximum length of " + maximumLength);
          throw new IOException("the peer takes no PDU longer than " + maximumLength + " bytes");
        }
        yield new Association(layer, accepted(proposed, acceptance), maximumLength);
      }
      case Indication.AssociateRefused(var rejection) ->
          throw new AssociationRefusedException(
              new AssociationRejection(rejection.result(), rejection.reason()));
      case Indication.Ended end -> throw ended(end);
      case Indication other -> throw new IllegalStateException("unexpected " + other);
    };
  }

  private static List<AcceptedContext> accepted(
      List<ProposedContext> proposed, AssociateAc acceptance) {
    Map<Integer, ProposedContext> byId = new HashMap<>();
    proposed.forEach(context -> byId.put(context.id(), context));
    List<AcceptedContext> accepted = new ArrayList<>();
    for (ContextResult result : acceptance.contexts()) {
      ProposedContext context = byId.remove(result.id());
      if (context != null
          && result.result() == ContextResult.Result.ACCEPTANCE
          && context.transferSyntaxes().contains(result.transferSyntax())) {
        accepted.add(
            new AcceptedContext(context.id(), context.abstractSyntax(), result.transferSyntax()));
      }
    }
    return accepted;
  }

  /** The presentation contexts that the peer accepted. */
  public List<AcceptedContext> contexts() {
    return contexts;
  }

  /** The accepted context for instances of that SOP Class in that transfer syntax. */
  public Optional<AcceptedContext> context(String sopClassUid, String transferSyntaxUid) {
    return contexts.stream()
        .filter(context -> context.abstractSyntaxUid().equals(sopClassUid))
        .filter(context -> context.transferSyntaxUid().equals(transferSyntaxUid))
        .findFirst();
  }

  /**
   * C-ECHO, PS3.7 9.1.5.
   *
   * @throws IllegalStateException when Verification was not accepted
   * @throws IOException when the association ends
   */
  public DimseStatus echo() throws IOException {
    AcceptedContext context =
        contexts.stream()
            .filter(accepted -> accepted.abstractSyntaxUid().equals(Uid.Verification))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("Verification was not accepted"));
    int id = nextMessageId();
    sender.send(context.id(), CommandSet.echoRequest(id, Uid.Verification));
    return awaitResponse(id).status();
  }

  /**
   * C-STORE, PS3.7 9.1.1: sends the bytes of a data set to the end of the stream as they are.
   *
   * @throws IllegalStateException when no context for it was accepted
   * @throws DataSetSourceException when the stream fails; the association is aborted
   * @throws IOException when the association ends
   */
  public StoreResponse store(
      String sopClassUid, String sopInstanceUid, String transferSyntaxUid, InputStream dataSet)
      throws IOException {
    AcceptedContext context =
        context(sopClassUid, transferSyntaxUid)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "no context for " + sopClassUid + " in " + transferSyntaxUid));
    int id = nextMessageId();
    try {
      sender.send(context.id(), CommandSet.storeRequest(id, sopClassUid, sopInstanceUid));
      sender.send(context.id(), dataSet);
      layer.expectAnswer();
    } catch (DataSetSourceException e) {
      layer.abort("the data set could not be read");
      throw e;
    } catch (IOException e) {
      throw ended(layer.awaitEnd()); // What the peer said last tells more than a broken pipe.
    }
    return awaitResponse(id);
  }

  /** Releases the association; that it ends otherwise meanwhile changes nothing any more. */
  public void release() {
    try {
      layer.requestRelease();
      Indication indication;
      do {
        indication = layer.receive();
        if (indication instanceof Indication.ReleaseRequested) {
          layer.respondRelease(); // A release collision, PS3.8 7.2.2.
        }
      } while (!(indication instanceof Indication.ReleaseConfirmed)
          && !(indication instanceof Indication.Ended));
    } catch (IOException e) {
      // All that was asked has been answered.
    } finally {
      layer.close();
    }
  }

  /** Aborts the association. */
  public void abort() {
    layer.abort("aborted by the application");
    layer.close();
  }

  /** Releases the association, if it has not ended. */
  @Override
  public void close() {
    if (layer.state() == State.ESTABLISHED) {
      release();
    } else {
      layer.close();
    }
  }

  private StoreResponse awaitResponse(int id) throws IOException {
    return switch (receiver.next()) {
      case Incoming.Message message when answers(message.command(), id) -> {
        message.dataSet().finish();
        CommandSet response = message.command();
        yield new StoreResponse(
            new DimseStatus(response.status().orElseThrow()),
            response.errorComment().orElse(null),
            response.offendingElements());
      }
      case Incoming.Ended(Indication.Ended end) -> throw ended(end);
      case Incoming other -> {
        receiver.abort("not the response that was to come");
        throw new IOException("the peer sent " + nameOf(other) + " instead of its response");
      }
    };
  }

  private static boolean answers(CommandSet command, int id) {
    return command.isResponse()
        && command.messageIdBeingRespondedTo().filter(asked -> asked == id).isPresent()
        && command.status().isPresent();
  }

  private static String nameOf(Incoming incoming) {
    return incoming instanceof Incoming.ReleaseRequested ? "a release" : "another message";
  }

  private static IOException ended(Indication.Ended end) {
    return new IOException("the association has ended: " + end);
  }

  private int nextMessageId() {
    messageId = messageId == LAST_MESSAGE_ID ? 1 : messageId + 1;
    return messageId;
  }
}
