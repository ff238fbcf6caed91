package io.overread.gateway.query;

import io.overread.dicom.data.TransferSyntax;
import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.net.AcceptedContext;
import io.overread.dicom.net.SendableInstance;
import io.overread.dicom.net.StoreResponse;
import io.overread.gateway.instance.StoredInstance;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Sends stored instances over an association: in the transfer syntax in which they are stored where
 * the peer takes it, else decompressed.
 */
final class Outgoing {

  private static final List<String> NATIVE =
      List.of(Uid.ExplicitVRLittleEndian, Uid.ImplicitVRLittleEndian);

  private final Decompression decompression;

  /** A C-STORE sub-operation in a context. */
  @FunctionalInterface
  interface Store {
    StoreResponse store(AcceptedContext context, String sopInstanceUid, InputStream dataSet)
        throws IOException;
  }

  Outgoing(Decompression decompression) {
    this.decompression = decompression;
  }

  /**
   * Sends an instance.
   *
   * @return what the peer answered; empty when it was not sent, since the peer takes no form in
   *     which we have it
   * @throws IOException when the association ends
   */
  Optional<StoreResponse> send(StoredInstance instance, Transfer.Destination destination)
      throws IOException {
    List<AcceptedContext> contexts = destination.contexts();
    if (!instance.isHere()) {
      return Optional.empty(); // Retention deleted it, or it is lost.
    }
    Store store = destination.store();
    Optional<AcceptedContext> asStored =
        context(contexts, instance.sopClassUid(), instance.transferSyntaxUid());
    if (asStored.isPresent()) {
      return asStored(instance, asStored.get(), store);
    }
    for (String uid : NATIVE) {
      Optional<AcceptedContext> context = context(contexts, instance.sopClassUid(), uid);
      if (context.isPresent()) {
        return decompressed(instance, context.get(), store);
      }
    }
    return Optional.empty();
  }

  private static Optional<StoreResponse> asStored(
      StoredInstance instance, AcceptedContext context, Store store) throws IOException {
    InputStream dataSet;
    try {
      dataSet = SendableInstance.read(instance.path()).openDataSet();
    } catch (IOException | io.overread.dicom.data.DicomFormatException e) {
      return Optional.empty(); // Lost or damaged on our disk: that instance fails, not the others.
    }
    try (dataSet) {
      return Optional.of(store.store(context, instance.sopInstanceUid(), dataSet));
    }
  }

  private Optional<StoreResponse> decompressed(
      StoredInstance instance, AcceptedContext context, Store store) throws IOException {
    Path pixels = Files.createTempFile("overread-", ".pixels");
    Path dataSet = Files.createTempFile("overread-", ".dataset");
    try {
      if (!write(instance.path(), context, pixels, dataSet)) {
        return Optional.empty();
      }
      try (InputStream in = Files.newInputStream(dataSet)) {
        return Optional.of(store.store(context, instance.sopInstanceUid(), in));
      }
    } finally {
      Files.deleteIfExists(pixels);
      Files.deleteIfExists(dataSet);
    }
  }

  private boolean write(Path file, AcceptedContext context, Path pixels, Path dataSet) {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(dataSet))) {
      decompression.write(file, TransferSyntax.of(context.transferSyntaxUid()), pixels, out);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static Optional<AcceptedContext> context(
      List<AcceptedContext> contexts, String sopClassUid, String transferSyntaxUid) {
    return contexts.stream()
        .filter(context -> context.abstractSyntaxUid().equals(sopClassUid))
        .filter(context -> context.transferSyntaxUid().equals(transferSyntaxUid))
        .findFirst();
  }
}
