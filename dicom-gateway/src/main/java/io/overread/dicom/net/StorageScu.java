package io.overread.dicom.net;

import io.overread.dicom.data.DicomFormatException;
import io.overread.dicom.net.FileResult.Cause;
import io.overread.dicom.net.dimse.DataSetSourceException;
import io.overread.dicom.net.pdu.ProposedContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Sends DICOM files, each in its own transfer syntax, over as many associations as their
 * presentation contexts need. After an association that broke, the files that follow are tried on a
 * new one.
 */
public final class StorageScu {
  private static final int MAXIMUM_CONTEXTS = 128;

  private final StorageRequestor requestor;
  private final RemoteApplicationEntity remote;
  private final String callingAeTitle;
  private final RequestorSettings settings;

  /** To a peer, under our AE title. */
  public StorageScu(
      RemoteApplicationEntity remote, String callingAeTitle, RequestorSettings settings) {
    this(Association::connect, remote, callingAeTitle, settings);
  }

  /** To a peer, under our AE title, over associations as that requestor makes them. */
  public StorageScu(
      StorageRequestor requestor,
      RemoteApplicationEntity remote,
      String callingAeTitle,
      RequestorSettings settings) {
    this.requestor = requestor;
    this.remote = remote;
    this.callingAeTitle = callingAeTitle;
    this.settings = settings;
  }

  /**
   * Sends the files.
   *
   * @param results is told the result of each file as it is known
   */
  public void send(List<Path> files, Consumer<FileResult> results) {
    for (Batch batch : batches(files, results)) {
      send(batch, results);
    }
  }

  /** Sends the files; there is one result for each, in the order in which they are known. */
  public List<FileResult> send(List<Path> files) {
    List<FileResult> results = new ArrayList<>();
    send(files, results::add);
    return results;
  }

  private record ContextKey(String sopClassUid, String transferSyntaxUid) {
    static ContextKey of(SendableInstance instance) {
      return new ContextKey(instance.sopClassUid(), instance.transferSyntaxUid());
    }
  }

  /** Instances whose contexts fit into one association. */
  private record Batch(List<ProposedContext> contexts, List<SendableInstance> instances) {}

  private static List<Batch> batches(List<Path> files, Consumer<FileResult> results) {
    Map<ContextKey, List<SendableInstance>> byContext = new LinkedHashMap<>();
    for (Path file : files) {
      try {
        SendableInstance instance = SendableInstance.read(file);
        byContext.computeIfAbsent(ContextKey.of(instance), _ -> new ArrayList<>()).add(instance);
      } catch (IOException | DicomFormatException e) {
        results.accept(notSent(file, Cause.UNREADABLE, e));
      }
    }
    List<Batch> batches = new ArrayList<>();
    for (ContextKey key : byContext.keySet()) {
      if (batches.isEmpty() || batches.getLast().contexts().size() == MAXIMUM_CONTEXTS) {
        batches.add(new Batch(new ArrayList<>(), new ArrayList<>()));
      }
      Batch batch = batches.getLast();
      int id = 2 * batch.contexts().size() + 1;
      batch
          .contexts()
          .add(new ProposedContext(id, key.sopClassUid(), List.of(key.transferSyntaxUid())));
      batch.instances().addAll(byContext.getOrDefault(key, List.of()));
    }
    return batches;
  }

  private void send(Batch batch, Consumer<FileResult> results) {
    Deque<SendableInstance> waiting = new ArrayDeque<>(batch.instances());
    while (!waiting.isEmpty()) {
      try (StorageAssociation association = requestor.connect(request(batch))) {
        boolean whole = true;
        while (whole && !waiting.isEmpty()) {
          whole = send(association, waiting.removeFirst(), results);
        }
      } catch (IOException e) {
        Cause cause =
            e instanceof AssociationRefusedException refused && !refused.isTransient()
                ? Cause.ASSOCIATION_REFUSED
                : Cause.ASSOCIATION_FAILED;
        waiting.forEach(instance -> results.accept(notSent(instance.file(), cause, e)));
        return;
      }
    }
  }

  /** Sends one instance; false when the association is of no use after it. */
  private static boolean send(
      StorageAssociation association, SendableInstance instance, Consumer<FileResult> results) {
    ContextKey key = ContextKey.of(instance);
    if (association.context(key.sopClassUid(), key.transferSyntaxUid()).isEmpty()) {
      String detail = key.sopClassUid() + " in " + key.transferSyntaxUid();
      results.accept(new FileResult.NotSent(instance.file(), Cause.CONTEXT_NOT_ACCEPTED, detail));
      return true;
    }
    try (InputStream dataSet = instance.openDataSet()) {
      StoreResponse response =
          association.store(
              instance.sopClassUid(),
              instance.sopInstanceUid(),
              instance.transferSyntaxUid(),
              dataSet);
      results.accept(new FileResult.Answered(instance.file(), instance.sopInstanceUid(), response));
      return true;
    } catch (DataSetSourceException e) {
      results.accept(notSent(instance.file(), Cause.UNREADABLE, e));
    } catch (IOException e) {
      results.accept(notSent(instance.file(), Cause.ASSOCIATION_FAILED, e));
    }
    return false;
  }

  private AssociationRequest request(Batch batch) {
    return new AssociationRequest(remote, callingAeTitle, batch.contexts(), null, settings);
  }

  private static FileResult notSent(Path file, Cause cause, Exception e) {
    return new FileResult.NotSent(file, cause, String.valueOf(e.getMessage()));
  }
}
