package io.overread.service.journey;

import io.overread.vlm.EncodedStudy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Encoded images by a digest of what they are, those used last, up to a number of bytes. Whoever
 * asks about the same images again, in another revision of a study too, starts where the last one
 * did.
 */
final class KeptEncodings implements AutoCloseable {
  private final long mostBytes;
  private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  KeptEncodings(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** One in use, if it is kept. */
  synchronized @Nullable Kept take(String digest) {
    Kept found = kept.get(digest);
    if (found != null) {
      found.users++;
    }
    return found;
  }

  /** One in use, encoded if it is not kept. */
  Kept take(String digest, Supplier<EncodedStudy> encode) {
    Kept found = take(digest);
    if (found != null) {
      return found;
    }
    // Encoding takes a while and needs no lock; should two do it at once, the first one stays.
    EncodedStudy made = encode.get();
    synchronized (this) {
      Kept other = take(digest);
      if (other != null) {
        made.close();
        return other;
      }
      Kept mine = new Kept(made);
      mine.users = 1;
      kept.put(digest, mine);
      bytes += made.bytes();
      dropIdle();
      return mine;
    }
  }

  synchronized void giveBack(Kept used) {
    used.users--;
    dropIdle();
  }

  synchronized long bytes() {
    return bytes;
  }

  /** Drops the ones used longest ago until few enough bytes are kept; one in use stays. */
  private void dropIdle() {
    var eldest = kept.values().iterator();
    while (bytes > mostBytes && eldest.hasNext()) {
      Kept each = eldest.next();
      if (each.users == 0) {
        bytes -= each.encoded.bytes();
        each.encoded.close();
        eldest.remove();
      }
    }
  }

  @Override
  public synchronized void close() {
    kept.values().forEach(each -> each.encoded.close());
    kept.clear();
    bytes = 0;
  }

  /** An encoding and how many use it. */
  static final class Kept {
    private final EncodedStudy encoded;
    private int users;

    private Kept(EncodedStudy encoded) {
      this.encoded = encoded;
    }

    EncodedStudy encoded() {
      return encoded;
    }
  }
}
