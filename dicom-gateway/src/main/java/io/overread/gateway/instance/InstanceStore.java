package io.overread.gateway.instance;

import io.overread.audit.AuditAction;
import io.overread.gateway.instance.InstanceHeader.Reading;
import io.overread.gateway.instance.StorageFailure.CommitUncertain;
import io.overread.gateway.instance.StoredInstance.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Takes in what peers send. An instance counts as stored when its bytes are durable under a name
 * from which its row and its audit entry are sure to follow: {@link Settling} writes them at once,
 * and where the process ends before, {@link Replay} does at the next start. Nothing else is
 * acknowledged; {@link Acknowledgement#COMMITTED} waits for the commit besides.
 */
public final class InstanceStore {

  private static final Logger LOG = LoggerFactory.getLogger(InstanceStore.class);

  private final StoreSpace space;
  private final StoredInstances instances;
  private final InstanceRegister register;
  private final Quarantine quarantine;
  private final Settling settling;
  private final Clock clock;
  private final OneAtATime perInstance = new OneAtATime();

  /** A store over a data folder and a database. */
  public InstanceStore(
      StoreSpace space,
      StoredInstances instances,
      InstanceRegister register,
      Quarantine quarantine,
      Settling settling,
      Clock clock) {
    this.space = space;
    this.instances = instances;
    this.register = register;
    this.quarantine = quarantine;
    this.settling = settling;
    this.clock = clock;
  }

  /**
   * Receives one object. Safe for many at once, also for the same object.
   *
   * @param dataSet its bytes in the transfer syntax of the request; need not be read to the end
   * @throws IOException when the stream breaks off; nothing is kept
   */
  public StoreOutcome receive(Arrival arrival, InputStream dataSet) throws IOException {
    try {
      if (settling.backlog().failing()) {
        throw new StorageFailure("what was received before waits for the database");
      }
      try (IncomingFile file = space.receive(arrival, dataSet)) {
        return settle(file, arrival);
      }
    } catch (StorageFailure | DataAccessException | TransactionException failure) {
      LOG.warn("An instance from {} can't be stored at present", arrival.actor(), failure);
      return outOfResources(arrival, failure);
    }
  }

  /**
   * Waits until all that was stored so far has its rows, so that whoever asks for it now finds it.
   *
   * @return false when that took longer than the time given
   */
  public boolean awaitRows(Duration atMost) {
    return settling.awaitAll(atMost);
  }

  private StoreOutcome settle(IncomingFile file, Arrival arrival) {
    Instant receivedAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return switch (InstanceHeader.read(file.path(), arrival, receivedAt)) {
      case Reading.Invalid(Defect defect, String detail) -> {
        file.force();
        quarantine.keep(
            file,
            arrival,
            new Quarantine.Reason(AuditAction.INSTANCE_QUARANTINED, defect.name(), detail),
            receivedAt);
        yield new StoreOutcome.Malformed(defect, detail);
      }
      case Reading.Valid(InstanceHeader header) ->
          perInstance.on(header.sopInstanceUid(), () -> settleAlone(file, header, arrival));
    };
  }

  /** While this runs, nobody else settles an object with the same SOP Instance UID. */
  private StoreOutcome settleAlone(IncomingFile file, InstanceHeader header, Arrival arrival) {
    Optional<StoredInstance> before = settling.known(header.sopInstanceUid());
    space.hold(file, arrival, header.arrival().at());
    return before.isPresent()
        ? settleAgain(file, header, before.get(), arrival)
        : settleNew(file, header, arrival);
  }

  private StoreOutcome settleNew(IncomingFile file, InstanceHeader header, Arrival arrival) {
    StoredPath place = StoredPath.inStore(file.fileDigest());
    StoredInstance instance =
        StoredInstance.of(
            header,
            arrival,
            new StoredFile(
                space.path(place), file.fileDigest(), file.dataSetDigest(), file.size()));
    try {
      settling.take(
          new Pending(instance, header, arrival, file.path(), place, new CompletableFuture<>()));
    } catch (CommitUncertain e) {
      // There may be a row that needs the file: the next arrival or the next start finds out.
      space.leaveOpen(place);
      throw e;
    } catch (RuntimeException e) {
      space.takeBack(place);
      throw e;
    }
    // Its held name is no longer ours.
    file.keep();
    return new StoreOutcome.Stored(instance);
  }

  private StoreOutcome settleAgain(
      IncomingFile file, InstanceHeader header, StoredInstance known, Arrival arrival) {
    if (!isSame(known, file, header)) {
      quarantine.keep(
          file,
          arrival,
          new Quarantine.Reason(
              AuditAction.INSTANCE_REFUSED,
              "DIFFERENT_OBJECT",
              "another object is stored under this SOP Instance UID, data set digest "
                  + known.file().dataSetDigest()),
          header.arrival().at());
      return new StoreOutcome.DifferentObject(known.sopInstanceUid());
    }
    if (!known.isHere()) {
      // Retention marks before it deletes, so the row as it is now tells who took the file away.
      StoredInstance now = instances.find(known.sopInstanceUid()).orElse(known);
      if (now.file().deletedAt() != null) {
        return restoreDeleted(now, file, arrival, header.arrival().at());
      }
      restore(known, file);
    }
    register.enterDuplicate(known, arrival);
    return new StoreOutcome.AlreadyStored(known.sopInstanceUid());
  }

  /** Not the file's digest: its meta information tells which version of us wrote it. */
  private static boolean isSame(StoredInstance known, IncomingFile file, InstanceHeader header) {
    return known.file().dataSetDigest().equals(file.dataSetDigest())
        && known.transferSyntaxUid().equals(header.image().transferSyntaxUid());
  }

  /** Success says that the bytes are on disk; here they come again after someone lost them. */
  private void restore(StoredInstance known, IncomingFile file) {
    if (!known.file().fileDigest().equals(file.fileDigest())) {
      throw new StorageFailure("the file of a stored instance is missing");
    }
    space.restore(file, StoredPath.inStore(file.fileDigest()));
  }

  /** What retention deleted is stored as if it came for the first time. */
  private StoreOutcome restoreDeleted(
      StoredInstance deleted, IncomingFile file, Arrival arrival, Instant at) {
    StoredPath before = StoredPath.inStore(deleted.file().fileDigest());
    StoredPath place = StoredPath.inStore(file.fileDigest());
    StoredInstance restored =
        deleted.withFile(
            new StoredFile(
                space.path(place), file.fileDigest(), file.dataSetDigest(), file.size()));
    // Should this process end before the commit, the next start removes the file.
    space.leaveOpen(place);
    register.enterRestored(
        restored,
        arrival,
        at,
        () -> {
          space.restore(file, place);
          if (!before.equals(place)) {
            space.takeBack(before);
          }
        });
    space.restored(place);
    return new StoreOutcome.Stored(restored);
  }

  private StoreOutcome outOfResources(Arrival arrival, RuntimeException failure) {
    String reason =
        failure instanceof StorageFailure && failure.getMessage() != null
            ? failure.getMessage()
            : "the database is not available";
    try {
      register.enterFailure(arrival, Map.of("reason", reason));
    } catch (RuntimeException e) {
      // Without a database there is no audit entry either; the peer is told the same.
      LOG.debug("The refusal of an instance can't be audited", e);
    }
    return new StoreOutcome.OutOfResources(reason);
  }
}
