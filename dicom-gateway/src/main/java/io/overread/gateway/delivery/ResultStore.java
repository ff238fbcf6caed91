package io.overread.gateway.delivery;

import io.overread.gateway.delivery.DeliveryObjects.Recipe;
import io.overread.gateway.instance.ResultFiles;
import io.overread.gateway.instance.ResultFiles.Kept;
import io.overread.gateway.result.NotBuiltException;
import io.overread.gateway.result.ResultObjects;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

/** The files of the objects: each is made once, whoever asks for it first, and then kept. */
final class ResultStore {

  private final DeliveryObjects objects;
  private final ResultObjects maker;
  private final ResultFiles files;

  /** An object takes much memory while it is made: one at a time. */
  private final ReentrantLock making = new ReentrantLock();

  ResultStore(DeliveryObjects objects, ResultObjects maker, ResultFiles files) {
    this.objects = objects;
    this.maker = maker;
    this.files = files;
  }

  /**
   * The file of an object, whose bytes are those that were made.
   *
   * @throws NotBuiltException when it can't be made, or its file is lost or was changed
   * @throws IOException when a file can't be read or written at present
   */
  Path file(String sopInstanceUid) throws IOException {
    making.lock();
    try {
      Recipe recipe = objects.find(sopInstanceUid).orElseThrow();
      String digest = recipe.digest();
      if (digest == null) {
        Kept kept = files.keep(maker.build(recipe.report(), recipe.identity()));
        objects.built(sopInstanceUid, kept);
        return files.path(kept.digest());
      }
      if (!files.isWhole(digest)) {
        throw new NotBuiltException("the object's file is missing or was changed");
      }
      return files.path(digest);
    } finally {
      making.unlock();
    }
  }
}
