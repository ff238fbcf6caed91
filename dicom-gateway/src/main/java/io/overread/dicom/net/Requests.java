package io.overread.dicom.net;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DataSetReader;
import io.overread.dicom.data.DataSetWriter;
import io.overread.dicom.data.DicomFormatException;
import io.overread.dicom.data.LengthEncoding;
import io.overread.dicom.data.ReadLimits;
import io.overread.dicom.data.TransferSyntax;
import io.overread.dicom.net.association.Indication;
import io.overread.dicom.net.association.State;
import io.overread.dicom.net.association.UpperLayer;
import io.overread.dicom.net.dimse.CommandSet;
import io.overread.dicom.net.dimse.DataSetSourceException;
import io.overread.dicom.net.dimse.DimseSender;
import io.overread.dicom.net.dimse.Incoming;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What we ask of the peer of an association, whichever side requested it: one request at a time,
 * each with its responses.
 */
final class Requests {
  private static final int LAST_MESSAGE_ID = 0xFFFF;
  private static final ReadLimits LIMITS = new ReadLimits(8, 50_000, 64 * 1024, 8L << 20, 8L << 20);

  private final UpperLayer layer;
  private final DimseSender sender;
  private final Inbox inbox;
  private final Map<Integer, AcceptedContext> contexts;
  private int messageId;

  /** A request in a presentation context, with the bytes of its data set if it has one. */
  record Request(
      AcceptedContext context, int field, DataSet parameters, @Nullable InputStream dataSet) {}

  Requests(
      UpperLayer layer, DimseSender sender, Inbox inbox, Map<Integer, AcceptedContext> contexts) {
    this.layer = layer;
    this.sender = sender;
    this.inbox = inbox;
    this.contexts = contexts;
  }

  /**
   * Sends a request and waits for its final response.
   *
   * @throws DataSetSourceException when the data set's stream fails; the association is aborted
   * @throws ReleasedInsteadException when the peer released, and may
   * @throws IOException when the association ends
   */
  DimseResponse ask(Request request, Meanwhile meanwhile) throws IOException {
    int id = nextMessageId();
    send(request, id);
    boolean cancelled = false;
    while (true) {
      DimseResponse response = awaitResponse(id, meanwhile);
      if (response.status().category() != DimseStatus.Category.PENDING) {
        return response;
      }
      if (!meanwhile.pending(response) && !cancelled) {
        cancelled = true;
        sender.send(request.context().id(), CommandSet.cancel(id));
      }
    }
  }

  boolean isEstablished() {
    return layer.state() == State.ESTABLISHED;
  }

  private void send(Request request, int id) throws IOException {
    InputStream dataSet = request.dataSet();
    int context = request.context().id();
    try {
      sender.send(
          context, CommandSet.request(request.field(), id, request.parameters(), dataSet != null));
      if (dataSet != null) {
        sender.send(context, dataSet);
      }
      layer.expectAnswer();
    } catch (DataSetSourceException e) {
      layer.abort("the data set could not be read");
      throw e;
    } catch (IOException e) {
      throw ended(layer.awaitEnd()); // What the peer said last tells more than a broken pipe.
    }
  }

  private DimseResponse awaitResponse(int id, Meanwhile meanwhile) throws IOException {
    while (true) {
      Incoming incoming = inbox.next();
      switch (incoming) {
        case Incoming.Message message when answers(message.command(), id) -> {
          return DimseResponse.from(message.command(), dataSetOf(message));
        }
        case Incoming.Message message
            when !message.command().isResponse() && meanwhile.serve(message) ->
            layer.expectAnswer();
        case Incoming.ReleaseRequested released when meanwhile.mayRelease() -> {
          inbox.putBack(released);
          throw new ReleasedInsteadException();
        }
        case Incoming.Ended(Indication.Ended end) -> throw ended(end);
        default -> {
          inbox.abort("not the response that was to come");
          throw new IOException("the peer sent " + nameOf(incoming) + " instead of its response");
        }
      }
    }
  }

  private @Nullable DataSet dataSetOf(Incoming.Message message) throws IOException {
    if (!message.command().hasDataSet()) {
      return null;
    }
    AcceptedContext context = contexts.get(message.contextId());
    if (context == null) {
      throw new IllegalStateException("a context that was not accepted");
    }
    try {
      DataSet dataSet =
          new DataSetReader(LIMITS)
              .read(message.dataSet(), TransferSyntax.of(context.transferSyntaxUid()));
      message.dataSet().finish();
      return dataSet;
    } catch (DicomFormatException e) {
      inbox.abort("a response with a malformed data set");
      throw new IOException("the peer sent a malformed data set", e);
    }
  }

  /** A data set as it goes over the wire in the context. */
  static InputStream encode(DataSet dataSet, AcceptedContext context) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try {
      new DataSetWriter(LengthEncoding.EXPLICIT)
          .write(dataSet, TransferSyntax.of(context.transferSyntaxUid()), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Writing to memory does not fail.
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }

  static IOException ended(Indication.Ended end) {
    return new IOException("the association has ended: " + end);
  }

  private static boolean answers(CommandSet command, int id) {
    return command.isResponse()
        && command.messageIdBeingRespondedTo().filter(asked -> asked == id).isPresent()
        && command.status().isPresent();
  }

  private static String nameOf(Incoming incoming) {
    return incoming instanceof Incoming.ReleaseRequested ? "a release" : "another message";
  }

  private int nextMessageId() {
    messageId = messageId == LAST_MESSAGE_ID ? 1 : messageId + 1;
    return messageId;
  }
}
