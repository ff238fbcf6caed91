package io.overread.gateway.query;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.net.AcceptedContext;
import io.overread.dicom.net.DimseResponder;
import io.overread.dicom.net.DimseResponse;
import io.overread.dicom.net.DimseStatus;
import io.overread.dicom.net.StoreResponse;
import io.overread.dicom.net.SubOperations;
import io.overread.gateway.instance.StoredInstance;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The sub-operations of one C-GET or C-MOVE and their counts, PS3.4 C.4.2.1.
 *
 * <p>What can't be sent fails and the rest goes on; only the association of the request itself ends
 * everything.
 */
final class Transfer {

  /** Refused: out of resources, unable to perform sub-operations (PS3.4 Table C.4-2). */
  private static final DimseStatus UNABLE = new DimseStatus(0xA702);

  /** Sub-operations complete, one or more failures or warnings. */
  private static final DimseStatus SOME_FAILED = new DimseStatus(0xB000);

  private final DimseResponder responder;
  private final List<String> failed = new ArrayList<>();
  private int remaining;
  private int completed;
  private int warning;

  /**
   * A peer that takes instances, on whichever association.
   *
   * @param contexts what it takes
   * @param store how it is sent to
   */
  record Destination(List<AcceptedContext> contexts, Outgoing.Store store) {
    /** For nothing. */
    static final Destination NONE =
        new Destination(
            List.of(),
            (_, _, _) -> {
              throw new IOException("nothing is sent here");
            });
  }

  Transfer(DimseResponder responder) {
    this.responder = responder;
  }

  /**
   * Sends all and responds.
   *
   * @throws IOException when the association of the request ends
   */
  void run(List<StoredInstance> wanted, Outgoing outgoing, Destination destination)
      throws IOException {
    remaining = wanted.size();
    boolean reachable = true;
    for (StoredInstance instance : wanted) {
      if (responder.isCancelled()) {
        responder.respond(end(DimseStatus.CANCEL));
        return;
      }
      Optional<StoreResponse> response = Optional.empty();
      try {
        if (reachable) {
          response = outgoing.send(instance, destination);
        }
      } catch (IOException e) {
        reachable = false; // Where it is the request's own association, responding fails too.
      }
      remaining--;
      count(instance.sopInstanceUid(), response);
      responder.pending(
          DimseResponse.of(DimseStatus.PENDING).withParameters(counts().parameters(true)));
    }
    responder.respond(end(status()));
  }

  /** Nothing can be sent. */
  void fail(List<StoredInstance> wanted) throws IOException {
    wanted.forEach(instance -> failed.add(instance.sopInstanceUid()));
    responder.respond(end(UNABLE));
  }

  SubOperations counts() {
    return new SubOperations(remaining, completed, failed.size(), warning);
  }

  private void count(String uid, Optional<StoreResponse> response) {
    DimseStatus.Category category =
        response.map(answer -> answer.status().category()).orElse(DimseStatus.Category.FAILURE);
    switch (category) {
      case SUCCESS -> completed++;
      case WARNING -> warning++;
      case FAILURE, CANCEL, PENDING -> failed.add(uid);
    }
  }

  private DimseStatus status() {
    if (failed.isEmpty() && warning == 0) {
      return DimseStatus.SUCCESS;
    }
    return completed + warning == 0 ? UNABLE : SOME_FAILED;
  }

  private DimseResponse end(DimseStatus status) {
    boolean cancelled = status.equals(DimseStatus.CANCEL);
    DimseResponse response =
        DimseResponse.of(status).withParameters(counts().parameters(cancelled));
    return failed.isEmpty()
        ? response
        : response.withDataSet(
            new DataSet().putString(Tag.FailedSOPInstanceUIDList, failed.toArray(String[]::new)));
  }
}
