package io.overread.gateway.instance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where instances go on disk: received under a temporary name, held under a name that tells all of
 * them, then in their place under a second name, and at last there alone.
 */
public final class StoreSpace implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StoreSpace.class);

  private final DataFolder folder;
  private final FreeSpace freeSpace;
  private final Leavings leavings;
  private final Holding holding;
  private final Retirement retirement;

  /**
   * Space in a data folder.
   *
   * @param freeSpaceFloor bytes that must stay free on its disk
   */
  public StoreSpace(DataFolder folder, long freeSpaceFloor) {
    this.folder = folder;
    this.freeSpace = new FreeSpace(folder, freeSpaceFloor);
    this.leavings = new Leavings(folder);
    this.holding = new Holding(folder);
    this.retirement = new Retirement(folder);
  }

  /** Clears what a crash left; call it before the first peer may associate. */
  public void clearLeavings(StoredInstances instances, Quarantine quarantine) {
    try {
      int removed =
          leavings.clear(
              path ->
                  switch (path.place()) {
                    case STORE -> instances.refersTo(path);
                    case QUARANTINE -> quarantine.refersTo(path);
                    // They are not received, so no move of theirs is ever noted.
                    case RESULTS -> true;
                  });
      if (removed > 0) {
        LOG.info("Removed {} files that were not acknowledged before the last end", removed);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the leavings of the last run can't be cleared", e);
    }
  }

  IncomingFile receive(Arrival arrival, InputStream dataSet) throws IOException {
    return IncomingFile.receive(folder, freeSpace, arrival, dataSet);
  }

  /**
   * An empty file for what a request brings beside its instances. It belongs to the caller; what a
   * crash leaves of it is cleared at the next start.
   *
   * @return empty when there is no room
   */
  public Optional<Path> temporary() {
    try {
      freeSpace.require();
      return Optional.of(Files.createTempFile(folder.incoming(), "", Leavings.PART));
    } catch (IOException | StorageFailure e) {
      LOG.warn("A temporary file can't be had", e);
      return Optional.empty();
    }
  }

  /** Makes a received file durable, under the name from which a start can replay it. */
  void hold(IncomingFile file, Arrival arrival, Instant receivedAt) {
    holding.hold(file, HeldName.of(arrival, file.checksum(), receivedAt));
  }

  /** The files that are held; at a start, what the last end interrupted. */
  List<Path> held() throws IOException {
    List<Path> held = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder.incoming(), "*.held")) {
      entries.forEach(held::add);
    }
    return held;
  }

  /** Gives a held file its place too. */
  void place(Path held, StoredPath place) {
    try {
      folder.link(held, place);
    } catch (IOException e) {
      throw new StorageFailure("the store can't take a file", e);
    }
  }

  /** Gives a file that isn't held its place, durably. */
  void restore(IncomingFile file, StoredPath place) {
    file.force();
    try {
      folder.moveInto(file.path(), place);
    } catch (IOException e) {
      throw new StorageFailure("the store can't take a file", e);
    }
  }

  /** The row of a restored file is committed: the note about it can go. */
  void restored(StoredPath place) {
    leavings.settled(place);
  }

  /** The row of a held file is committed: its place becomes its only name, some time. */
  void settled(Path held, StoredPath place) {
    leavings.settled(place);
    retirement.add(place, held);
  }

  /** Takes held names away that are not needed; see {@link Retirement}. */
  Retirement retirement() {
    return retirement;
  }

  /** The file has no row and will have none; its held name is the caller's to delete. */
  void takeBack(StoredPath place) {
    leavings.remove(place);
  }

  /**
   * Whether the file has a row is not known, and nobody waits for it: a note instead of the held
   * name lets the next arrival or the next start find out.
   */
  void leaveOpen(StoredPath place) {
    try {
      leavings.note(place);
    } catch (IOException e) {
      LOG.warn("A file that may have no row can't be noted", e);
    }
  }

  /**
   * Deletes a file that is marked as deleted; its name may come back with a power failure, and
   * nobody reads it then.
   */
  void delete(StoredPath place) throws IOException {
    Files.deleteIfExists(folder.resolve(place));
  }

  Path path(StoredPath place) {
    return folder.resolve(place);
  }

  @Override
  public void close() {
    retirement.flush();
    holding.close();
  }
}
