package io.overread.dicom.net;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DicomFormatException;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.net.association.Connection;
import io.overread.dicom.net.association.Indication;
import io.overread.dicom.net.association.State;
import io.overread.dicom.net.association.UpperLayer;
import io.overread.dicom.net.association.UpperLayerTimeouts;
import io.overread.dicom.net.dimse.CommandField;
import io.overread.dicom.net.dimse.DimseReceiver;
import io.overread.dicom.net.dimse.DimseSender;
import io.overread.dicom.net.dimse.Incoming;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An association that we requested, as SCU of Verification, Storage, Query/Retrieve and the
 * N-services. For one thread at a time, save {@link #abort}. An {@link IOException} from any
 * operation means that the association has ended.
 */
public final class Association implements StorageAssociation {
  private static final int MEDIUM_PRIORITY = 0;

  private final UpperLayer layer;
  private final List<AcceptedContext> contexts;
  private final DimseSender sender;
  private final Inbox inbox;
  private final Requests requests;
  private final AssociationInfo peer;

  private Association(UpperLayer layer, AssociationConfirmation confirmation) {
    this.layer = layer;
    this.contexts = confirmation.contexts();
    Map<Integer, AcceptedContext> byId = confirmation.contextsById();
    this.inbox = new Inbox(new DimseReceiver(layer, byId.keySet()));
    this.sender = new DimseSender(layer, confirmation.maximumLength());
    this.requests = new Requests(layer, sender, inbox, byId);
    this.peer = confirmation.peer();
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
      Association association =
          new Association(layer, AssociationConfirmation.await(layer, request));
      associated = true;
      return association;
    } finally {
      if (!associated) {
        layer.close();
      }
    }
  }

  @Override
  public List<AcceptedContext> contexts() {
    return contexts;
  }

  @Override
  public DimseStatus echo() throws IOException {
    DataSet parameters = new DataSet().putString(Tag.AffectedSOPClassUID, Uid.Verification);
    return ask(Uid.Verification, CommandField.C_ECHO_RQ, parameters, null, Meanwhile.NOTHING)
        .status();
  }

  @Override
  public StoreResponse store(
      String sopClassUid, String sopInstanceUid, String transferSyntaxUid, InputStream dataSet)
      throws IOException {
    return store(sopClassUid, sopInstanceUid, transferSyntaxUid, dataSet, null);
  }

  /**
   * C-STORE as sub-operation of a C-MOVE, if there is an originator; else as {@link #store(String,
   * String, String, InputStream)}.
   */
  public StoreResponse store(
      String sopClassUid,
      String sopInstanceUid,
      String transferSyntaxUid,
      InputStream dataSet,
      @Nullable MoveOriginator originator)
      throws IOException {
    AcceptedContext context =
        context(sopClassUid, transferSyntaxUid)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "no context for " + sopClassUid + " in " + transferSyntaxUid));
    DataSet parameters =
        affected(sopClassUid, sopInstanceUid).putInteger(Tag.Priority, MEDIUM_PRIORITY);
    if (originator != null) {
      parameters.putString(Tag.MoveOriginatorApplicationEntityTitle, originator.aeTitle());
      parameters.putInteger(Tag.MoveOriginatorMessageID, originator.messageId());
    }
    Requests.Request request =
        new Requests.Request(context, CommandField.C_STORE_RQ, parameters, dataSet);
    return requests.ask(request, Meanwhile.NOTHING).toStoreResponse();
  }

  /**
   * C-FIND, PS3.7 9.1.2.
   *
   * @param matches is told the identifier of each match; returns false to cancel
   * @return the final response
   * @throws IllegalStateException when the SOP Class was not accepted
   * @throws IOException when the association ends
   */
  public DimseResponse find(String sopClassUid, DataSet identifier, Predicate<DataSet> matches)
      throws IOException {
    Meanwhile meanwhile =
        new Meanwhile() {
          @Override
          public boolean pending(DimseResponse response) {
            return response.dataSet() == null || matches.test(response.dataSet());
          }
        };
    return ask(sopClassUid, CommandField.C_FIND_RQ, query(sopClassUid), identifier, meanwhile);
  }

  /**
   * C-GET, PS3.7 9.1.3: what is asked for comes by C-STORE on this association, in the contexts for
   * which the role of SCP was proposed.
   *
   * @param handler stores what comes
   * @param progress is told each pending response; returns false to cancel
   * @return the final response
   * @throws IllegalStateException when the SOP Class was not accepted
   * @throws IOException when the association ends
   */
  public DimseResponse get(
      String sopClassUid,
      DataSet identifier,
      StoreHandler handler,
      Predicate<DimseResponse> progress)
      throws IOException {
    // A handler that fails is answered as a processing failure, which the counts then show.
    StoreReception reception = new StoreReception(handler, peer, _ -> {});
    Meanwhile meanwhile =
        new Meanwhile() {
          @Override
          public boolean pending(DimseResponse response) {
            return progress.test(response);
          }

          @Override
          public boolean serve(Incoming.Message request) throws IOException {
            if (request.command().field() != CommandField.C_STORE_RQ) {
              return false;
            }
            AcceptedContext context = contextOf(request);
            StoreReception.respond(sender, request, reception.store(request, context));
            return true;
          }
        };
    return ask(sopClassUid, CommandField.C_GET_RQ, query(sopClassUid), identifier, meanwhile);
  }

  /**
   * C-MOVE, PS3.7 9.1.4.
   *
   * @param destination the AE title to which the peer is to send
   * @param progress is told each pending response; returns false to cancel
   * @return the final response
   * @throws IllegalStateException when the SOP Class was not accepted
   * @throws IOException when the association ends
   */
  public DimseResponse move(
      String sopClassUid, DataSet identifier, String destination, Predicate<DimseResponse> progress)
      throws IOException {
    Meanwhile meanwhile =
        new Meanwhile() {
          @Override
          public boolean pending(DimseResponse response) {
            return progress.test(response);
          }
        };
    DataSet parameters = query(sopClassUid).putString(Tag.MoveDestination, destination);
    return ask(sopClassUid, CommandField.C_MOVE_RQ, parameters, identifier, meanwhile);
  }

  /**
   * N-ACTION, PS3.7 10.1.4.
   *
   * @param events takes what the peer reports before it responds
   * @throws IllegalStateException when the SOP Class was not accepted
   * @throws IOException when the association ends
   */
  public DimseResponse action(
      String sopClassUid,
      String sopInstanceUid,
      int actionTypeId,
      DataSet information,
      EventReport.Listener events)
      throws IOException {
    Meanwhile meanwhile =
        new Meanwhile() {
          @Override
          public boolean serve(Incoming.Message request) throws IOException {
            return take(request, events);
          }
        };
    DataSet parameters =
        requested(sopClassUid, sopInstanceUid).putInteger(Tag.ActionTypeID, actionTypeId);
    return ask(sopClassUid, CommandField.N_ACTION_RQ, parameters, information, meanwhile);
  }

  /**
   * N-EVENT-REPORT as SCP, PS3.7 10.1.1; that role is to be proposed.
   *
   * @throws IllegalStateException when the SOP Class was not accepted
   * @throws IOException when the association ends
   */
  public DimseResponse report(EventReport event) throws IOException {
    DataSet parameters =
        affected(event.sopClassUid(), event.sopInstanceUid())
            .putInteger(Tag.EventTypeID, event.eventTypeId());
    return ask(
        event.sopClassUid(),
        CommandField.N_EVENT_REPORT_RQ,
        parameters,
        event.dataSet(),
        Meanwhile.NOTHING);
  }

  /**
   * N-CREATE, PS3.7 10.1.5.
   *
   * @throws IllegalStateException when the SOP Class was not accepted
   * @throws IOException when the association ends
   */
  public DimseResponse create(String sopClassUid, String sopInstanceUid, DataSet attributes)
      throws IOException {
    DataSet parameters = affected(sopClassUid, sopInstanceUid);
    return ask(sopClassUid, CommandField.N_CREATE_RQ, parameters, attributes, Meanwhile.NOTHING);
  }

  /**
   * N-SET, PS3.7 10.1.3.
   *
   * @throws IllegalStateException when the SOP Class was not accepted
   * @throws IOException when the association ends
   */
  public DimseResponse set(String sopClassUid, String sopInstanceUid, DataSet modifications)
      throws IOException {
    DataSet parameters = requested(sopClassUid, sopInstanceUid);
    return ask(sopClassUid, CommandField.N_SET_RQ, parameters, modifications, Meanwhile.NOTHING);
  }

  /**
   * Waits for an N-EVENT-REPORT of the peer.
   *
   * @return whether one came within the time; not when the peer releases instead
   * @throws IOException when the association ends
   */
  public boolean awaitReport(Duration time, EventReport.Listener events) throws IOException {
    if (!inbox.hasNext(time)) {
      return false;
    }
    return switch (inbox.next()) {
      case Incoming.Message message when take(message, events) -> true;
      case Incoming.Message _ -> {
        inbox.abort("not an event report");
        throw new IOException("the peer sent another message than an event report");
      }
      case Incoming.ReleaseRequested _ -> {
        layer.respondRelease();
        yield false;
      }
      case Incoming.Ended(Indication.Ended end) -> throw Requests.ended(end);
    };
  }

  /** Whether it has neither ended nor been released, as far as is known. */
  public boolean isEstablished() {
    return requests.isEstablished();
  }

  private boolean take(Incoming.Message message, EventReport.Listener events) throws IOException {
    if (message.command().field() != CommandField.N_EVENT_REPORT_RQ) {
      return false;
    }
    AcceptedContext context = contextOf(message);
    DimseRequest request = new DimseRequest(message.command(), context, message.dataSet(), peer);
    StoreReception.respond(sender, message, StoreResponse.of(statusOf(request, events)));
    return true;
  }

  private static DimseStatus statusOf(DimseRequest request, EventReport.Listener events)
      throws IOException {
    try {
      return EventReport.of(request).map(events::report).orElse(DimseStatus.INVALID_SOP_INSTANCE);
    } catch (DicomFormatException e) {
      return DimseStatus.PROCESSING_FAILURE;
    }
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

  @Override
  public void abort() {
    layer.abort("aborted by the application");
    layer.close();
  }

  @Override
  public void close() {
    if (layer.state() == State.ESTABLISHED) {
      release();
    } else {
      layer.close();
    }
  }

  private DimseResponse ask(
      String sopClassUid,
      int field,
      DataSet parameters,
      @Nullable DataSet dataSet,
      Meanwhile meanwhile)
      throws IOException {
    AcceptedContext context =
        contexts.stream()
            .filter(accepted -> accepted.abstractSyntaxUid().equals(sopClassUid))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(sopClassUid + " was not accepted"));
    InputStream encoded = dataSet == null ? null : Requests.encode(dataSet, context);
    return requests.ask(new Requests.Request(context, field, parameters, encoded), meanwhile);
  }

  /** The receiver aborts for a message in any other context. */
  private AcceptedContext contextOf(Incoming.Message message) {
    return contexts.stream()
        .filter(context -> context.id() == message.contextId())
        .findFirst()
        .orElseThrow();
  }

  private static DataSet query(String sopClassUid) {
    return new DataSet()
        .putString(Tag.AffectedSOPClassUID, sopClassUid)
        .putInteger(Tag.Priority, MEDIUM_PRIORITY);
  }

  private static DataSet affected(String sopClassUid, String sopInstanceUid) {
    return new DataSet()
        .putString(Tag.AffectedSOPClassUID, sopClassUid)
        .putString(Tag.AffectedSOPInstanceUID, sopInstanceUid);
  }

  private static DataSet requested(String sopClassUid, String sopInstanceUid) {
    return new DataSet()
        .putString(Tag.RequestedSOPClassUID, sopClassUid)
        .putString(Tag.RequestedSOPInstanceUID, sopInstanceUid);
  }
}
