package io.overread.gateway.instance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes away the held names of instances that have their row. The place of an instance is a name in
 * one of 256 shelves, which is durable only after an fsync of the shelf; until then the held name
 * keeps the bytes. So they go by the thousand, and a shelf is forced once for all of them.
 */
final class Retirement {

  private static final int MANY = 4096;
  private static final Logger LOG = LoggerFactory.getLogger(Retirement.class);

  private final DataFolder folder;
  private final ReentrantLock flushing = new ReentrantLock();
  private Map<StoredPath, Path> heldByPlace = new HashMap<>();

  Retirement(DataFolder folder) {
    this.folder = folder;
  }

  synchronized void add(StoredPath place, Path held) {
    Path before = heldByPlace.put(place, held);
    if (before != null && !before.equals(held)) {
      delete(before); // The same file came twice; one name is enough.
    }
  }

  synchronized boolean hasMany() {
    return heldByPlace.size() >= MANY;
  }

  synchronized boolean hasAny() {
    return !heldByPlace.isEmpty();
  }

  /** Makes the places durable and takes the held names away. */
  void flush() {
    flushing.lock();
    try {
      byShelf(take()).values().forEach(this::retire);
    } finally {
      flushing.unlock();
    }
  }

  private synchronized Map<StoredPath, Path> take() {
    Map<StoredPath, Path> taken = heldByPlace;
    heldByPlace = new HashMap<>();
    return taken;
  }

  private static Map<String, List<Map.Entry<StoredPath, Path>>> byShelf(
      Map<StoredPath, Path> taken) {
    Map<String, List<Map.Entry<StoredPath, Path>>> shelves = new HashMap<>();
    for (Map.Entry<StoredPath, Path> entry : taken.entrySet()) {
      shelves
          .computeIfAbsent(entry.getKey().digest().substring(0, 2), shelf -> new ArrayList<>())
          .add(entry);
    }
    return shelves;
  }

  private void retire(List<Map.Entry<StoredPath, Path>> shelf) {
    try {
      folder.forceShelf(shelf.getFirst().getKey());
    } catch (IOException e) {
      // The kernel tells once: these names stay, for the next start.
      LOG.warn("A folder of the store can't be made durable", e);
      return;
    }
    shelf.forEach(entry -> delete(entry.getValue()));
  }

  private static void delete(Path held) {
    try {
      Files.deleteIfExists(held);
    } catch (IOException e) {
      LOG.warn("The name of a received file stays until the next start", e);
    }
  }
}
