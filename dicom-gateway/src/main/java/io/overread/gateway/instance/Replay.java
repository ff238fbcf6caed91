package io.overread.gateway.instance;

import io.overread.dicom.data.DicomFile;
import io.overread.dicom.data.DicomFormatException;
import io.overread.dicom.data.FileMeta;
import io.overread.gateway.instance.InstanceHeader.Reading;
import io.overread.gateway.instance.StoredInstance.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Enters what was held when the last process ended. What was acknowledged is among it, whole: both
 * its name and its bytes were durable before. What is torn, or differs from the row that its SOP
 * Instance UID has, was never acknowledged as stored, and goes.
 */
public final class Replay {

  private static final Logger LOG = LoggerFactory.getLogger(Replay.class);

  private static final Duration AT_MOST = Duration.ofSeconds(30);

  private final StoreSpace space;
  private final StoredInstances instances;
  private final Settling settling;

  /** A replay into the given store. */
  public Replay(StoreSpace space, StoredInstances instances, Settling settling) {
    this.space = space;
    this.instances = instances;
    this.settling = settling;
  }

  /**
   * Has all that is held settled; call it before the first peer may associate. What the database
   * does not take within a while is tried again meanwhile.
   *
   * @return how many instances had no row
   */
  public int run() {
    int replayed = 0;
    Set<String> taken = new HashSet<>();
    try {
      for (Path held : latestFirst(space.held())) {
        replayed += replay(held, taken) ? 1 : 0;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("what the last run received can't be read", e);
    }
    if (replayed > 0) {
      boolean all = settling.awaitAll(AT_MOST);
      LOG.info(
          "Found {} instances that were received before the last end; {}",
          replayed,
          all ? "all are entered" : "not all are entered yet");
    }
    return replayed;
  }

  /**
   * Of two without a row under one SOP Instance UID, the later was acknowledged if any was: an
   * arrival waits for the row of an earlier one that was.
   */
  private static List<Path> latestFirst(List<Path> held) {
    return held.stream()
        .filter(path -> name(path).isPresent())
        .sorted(
            Comparator.comparing((Path path) -> name(path).orElseThrow().receivedAt()).reversed())
        .toList();
  }

  private static Optional<HeldName> name(Path held) {
    return HeldName.parse(String.valueOf(held.getFileName()));
  }

  private boolean replay(Path held, Set<String> taken) throws IOException {
    Optional<Pending> pending = pending(held, name(held).orElseThrow());
    if (pending.isEmpty() || !taken.add(pending.get().sopInstanceUid())) {
      Files.deleteIfExists(held);
      return false;
    }
    try {
      settling.take(pending.get());
    } catch (RuntimeException e) {
      LOG.error("What was received before the last end can't be entered; it stays", e);
    }
    return true;
  }

  private Optional<Pending> pending(Path held, HeldName name) throws IOException {
    DicomFile file;
    try {
      file = DicomFile.openHeader(held);
    } catch (DicomFormatException torn) {
      return Optional.empty();
    }
    Arrival arrival = arrival(file.meta(), name);
    if (arrival == null
        || !(InstanceHeader.read(held, arrival, name.receivedAt())
            instanceof Reading.Valid(InstanceHeader header))) {
      return Optional.empty();
    }
    Digests digests = digests(held, file.dataSetOffset());
    if (digests.checksum() != name.checksum()) {
      return Optional.empty();
    }
    Optional<StoredInstance> known = instances.find(header.sopInstanceUid());
    if (known.isPresent()) {
      settleKnown(held, known.get(), digests);
      return Optional.empty();
    }
    return Optional.of(pending(held, header, arrival, digests));
  }

  private Pending pending(Path held, InstanceHeader header, Arrival arrival, Digests digests)
      throws IOException {
    StoredPath place = StoredPath.inStore(digests.file());
    StoredInstance instance =
        StoredInstance.of(
            header,
            arrival,
            new StoredFile(space.path(place), digests.file(), digests.dataSet(), Files.size(held)));
    return new Pending(instance, header, arrival, held, place, new CompletableFuture<>());
  }

  /** Its row was committed before the end; its place may be lost with the power. */
  private void settleKnown(Path held, StoredInstance known, Digests digests) {
    // What retention deleted meanwhile stays deleted; what was sent again was not acknowledged yet.
    if (known.file().deletedAt() == null
        && known.file().dataSetDigest().equals(digests.dataSet())) {
      StoredPath place = StoredPath.inStore(known.file().fileDigest());
      space.place(held, place);
      space.settled(held, place);
      space.retirement().flush();
    }
  }

  private static @Nullable Arrival arrival(FileMeta meta, HeldName name) {
    Optional<String> sopClass = meta.mediaStorageSopClassUid();
    Optional<String> sopInstance = meta.mediaStorageSopInstanceUid();
    Optional<String> transferSyntax = meta.transferSyntaxUid();
    if (sopClass.isEmpty() || sopInstance.isEmpty() || transferSyntax.isEmpty()) {
      return null;
    }
    String user = name.user();
    try {
      return new Arrival(
          sopClass.get(),
          sopInstance.get(),
          transferSyntax.get(),
          name.callingAeTitle(),
          name.remoteAddress(),
          // That it is of the study that the request named was found before it was held.
          user == null ? null : new Arrival.OverHttp(user, null));
    } catch (IllegalArgumentException torn) {
      return null;
    }
  }

  private record Digests(long checksum, String file, String dataSet) {}

  private static Digests digests(Path path, long dataSetOffset) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      MessageDigest file = MessageDigest.getInstance("SHA-256");
      MessageDigest dataSet = MessageDigest.getInstance("SHA-256");
      Checksum checksum = new Checksum();
      byte[] header = in.readNBytes((int) dataSetOffset);
      checksum.update(header, 0, header.length);
      file.update(header);
      byte[] buffer = new byte[128 * 1024];
      int read;
      while ((read = in.read(buffer)) >= 0) {
        checksum.update(buffer, 0, read);
        file.update(buffer, 0, read);
        dataSet.update(buffer, 0, read);
      }
      return new Digests(
          checksum.value(),
          HexFormat.of().formatHex(file.digest()),
          HexFormat.of().formatHex(dataSet.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
