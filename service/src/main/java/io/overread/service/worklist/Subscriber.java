package io.overread.service.worklist;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * One open worklist, told on a thread of its own, so that a browser that doesn't read holds up
 * nobody else. Changes of a moment are gathered: a series of a thousand images is a few events.
 */
final class Subscriber implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Subscriber.class);
  private static final long GATHER_MILLIS = 150;
  private static final long HEARTBEAT_MILLIS = 15_000;

  private final Worklist worklist;
  private final SseEmitter emitter;
  private final Set<String> changed = new LinkedHashSet<>();

  Subscriber(Worklist worklist, SseEmitter emitter) {
    this.worklist = worklist;
    this.emitter = emitter;
  }

  /** Notes a study to tell about. */
  void changed(String studyInstanceUid) {
    synchronized (changed) {
      changed.add(studyInstanceUid);
      changed.notifyAll();
    }
  }

  /** Tells until the browser is gone or the thread is interrupted. */
  @Override
  public void run() {
    try {
      emitter.send(SseEmitter.event().comment("open"));
      while (!Thread.currentThread().isInterrupted()) {
        List<String> now = gather();
        if (now.isEmpty()) {
          emitter.send(SseEmitter.event().comment("still here"));
        }
        for (String study : now) {
          tell(study);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | IllegalStateException e) {
      LOG.debug("a worklist was closed: {}", e.getMessage());
    } finally {
      emitter.complete();
    }
  }

  private List<String> gather() throws InterruptedException {
    synchronized (changed) {
      long end = System.nanoTime() + HEARTBEAT_MILLIS * 1_000_000;
      while (changed.isEmpty()) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return List.of();
        }
        changed.wait(left);
      }
    }
    Thread.sleep(GATHER_MILLIS);
    synchronized (changed) {
      List<String> now = List.copyOf(changed);
      changed.clear();
      return now;
    }
  }

  private void tell(String studyInstanceUid) throws IOException {
    var row = worklist.row(studyInstanceUid);
    if (row.isPresent()) {
      emitter.send(SseEmitter.event().name("study").data(row.get()));
    }
  }
}
