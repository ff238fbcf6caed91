package io.overread.dicom.net;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.net.dimse.CommandField;
import io.overread.dicom.net.dimse.DimseSender;
import io.overread.dicom.net.dimse.Incoming;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * How a {@link DimseService} answers a request, and asks its peer for what belongs to it. For the
 * thread that serves, until it returns.
 */
public final class DimseResponder {
  private final Incoming.Message message;
  private final AcceptedContext context;
  private final Peer peer;
  private boolean drained;
  private boolean responded;

  /**
   * The other side.
   *
   * @param meanwhile what is done with what comes while it is to answer a report; null where no
   *     report may be made, since one is under way
   * @param storageContexts in which it is SCP
   */
  record Peer(
      DimseSender sender,
      Inbox inbox,
      Requests requests,
      @org.jspecify.annotations.Nullable Meanwhile meanwhile,
      List<AcceptedContext> storageContexts) {}

  DimseResponder(Incoming.Message message, AcceptedContext context, Peer peer) {
    this.message = message;
    this.context = context;
    this.peer = peer;
  }

  /**
   * Sends the final response.
   *
   * @throws IllegalStateException when there was one
   * @throws IOException when the association ends
   */
  public void respond(DimseResponse response) throws IOException {
    if (response.status().category() == DimseStatus.Category.PENDING) {
      throw new IllegalArgumentException("a final response is not pending");
    }
    send(response);
    responded = true;
  }

  /**
   * Sends a response after which more follow.
   *
   * @throws IOException when the association ends
   */
  public void pending(DimseResponse response) throws IOException {
    if (response.status().category() != DimseStatus.Category.PENDING) {
      throw new IllegalArgumentException("only a pending response is followed by others");
    }
    send(response);
  }

  /**
   * Whether nobody waits for the answer any more: the peer cancelled the request (C-CANCEL), or the
   * association has ended. A service that takes long asks now and then.
   *
   * @throws IOException when the association ends within a message
   */
  public boolean isCancelled() throws IOException {
    drain();
    return peer.inbox().isCancelled(message.command().messageId().orElse(0));
  }

  /** The contexts in which C-STORE sub-operations to the peer are possible, for C-GET. */
  public List<AcceptedContext> storageContexts() {
    return peer.storageContexts();
  }

  /**
   * A C-STORE sub-operation on this association, PS3.4 C.4.3.
   *
   * @param storage one of {@link #storageContexts}
   * @throws IOException when the association ends, or the stream fails, which aborts it
   */
  public StoreResponse store(AcceptedContext storage, String sopInstanceUid, InputStream dataSet)
      throws IOException {
    drain();
    DataSet parameters =
        new DataSet()
            .putString(Tag.AffectedSOPClassUID, storage.abstractSyntaxUid())
            .putInteger(Tag.Priority, 0)
            .putString(Tag.AffectedSOPInstanceUID, sopInstanceUid);
    return peer.requests()
        .ask(
            new Requests.Request(storage, CommandField.C_STORE_RQ, parameters, dataSet),
            Meanwhile.NOTHING)
        .toStoreResponse();
  }

  /**
   * Reports an event of the request's SOP Class on this association, after the final response,
   * PS3.7 10.1.1. Requests that come meanwhile are served.
   *
   * @return what the peer answered; empty when it releases instead, or a report is under way, so
   *     that the event has to be reported on another association
   * @throws IOException when the association ends
   */
  public Optional<DimseResponse> report(String sopInstanceUid, int eventTypeId, DataSet dataSet)
      throws IOException {
    if (!responded) {
      throw new IllegalStateException("the request comes first");
    }
    Meanwhile meanwhile = peer.meanwhile();
    if (meanwhile == null || isCancelled()) {
      return Optional.empty();
    }
    DataSet parameters =
        new DataSet()
            .putString(Tag.AffectedSOPClassUID, context.abstractSyntaxUid())
            .putString(Tag.AffectedSOPInstanceUID, sopInstanceUid)
            .putInteger(Tag.EventTypeID, eventTypeId);
    Requests.Request request =
        new Requests.Request(
            context, CommandField.N_EVENT_REPORT_RQ, parameters, Requests.encode(dataSet, context));
    try {
      return Optional.of(peer.requests().ask(request, meanwhile));
    } catch (ReleasedInsteadException e) {
      return Optional.empty();
    }
  }

  boolean hasResponded() {
    return responded;
  }

  private void send(DimseResponse response) throws IOException {
    if (responded) {
      throw new IllegalStateException("the request has had its final response");
    }
    drain();
    peer.sender().send(message.contextId(), response.to(message.command()));
    DataSet dataSet = response.dataSet();
    if (dataSet != null) {
      peer.sender().send(message.contextId(), Requests.encode(dataSet, context));
    }
  }

  private void drain() throws IOException {
    if (!drained) {
      drained = true;
      message.dataSet().finish();
    }
  }
}
