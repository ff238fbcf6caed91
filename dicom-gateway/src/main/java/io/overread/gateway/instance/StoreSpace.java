package io.overread.gateway.instance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where instances go on disk: received under a temporary name, then moved to their place. */
public final class StoreSpace {

  private static final Logger LOG = LoggerFactory.getLogger(StoreSpace.class);

  private final DataFolder folder;
  private final FreeSpace freeSpace;
  private final Leavings leavings;

  /**
   * Space in a data folder.
   *
   * @param freeSpaceFloor bytes that must stay free on its disk
   */
  public StoreSpace(DataFolder folder, long freeSpaceFloor) {
    this.folder = folder;
    this.freeSpace = new FreeSpace(folder, freeSpaceFloor);
    this.leavings = new Leavings(folder);
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

  /** Moves a received file to its place, durably; until it is {@link #settled}, it may go again. */
  StoredPath place(IncomingFile file) {
    StoredPath place = StoredPath.inStore(file.fileDigest());
    try {
      leavings.note(place);
      folder.moveInto(file.path(), place);
    } catch (IOException e) {
      leavings.remove(place);
      throw new StorageFailure("the store can't take a file", e);
    }
    return place;
  }

  /** The row of the file is committed. */
  void settled(StoredPath place) {
    leavings.settled(place);
  }

  /** The file has no row and will have none. */
  void takeBack(StoredPath place) {
    leavings.remove(place);
  }

  Path path(StoredPath place) {
    return folder.resolve(place);
  }
}
