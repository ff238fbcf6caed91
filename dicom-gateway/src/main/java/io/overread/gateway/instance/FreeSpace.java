package io.overread.gateway.instance;

import java.io.IOException;

/** The watermark of the data folder's disk: the database next to it must never run dry. */
final class FreeSpace {

  private final DataFolder folder;
  private final long floorBytes;

  FreeSpace(DataFolder folder, long floorBytes) {
    this.folder = folder;
    this.floorBytes = floorBytes;
  }

  /**
   * Checks that there is more free than the floor.
   *
   * @throws StorageFailure when there is not
   */
  void require() {
    long usable;
    try {
      usable = folder.usableSpace();
    } catch (IOException e) {
      throw new StorageFailure("the free space can't be told", e);
    }
    if (usable < floorBytes) {
      throw new StorageFailure("free space is below the floor");
    }
  }
}
