package io.overread.service.worklist;

import io.overread.gateway.study.StudyChanges;
import io.overread.service.problem.Problem;
import jakarta.annotation.PreDestroy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The open worklists, and the changes they are told. */
@Component
class StudyEvents {
  private static final int MOST_SUBSCRIBERS = 200;

  private final Worklist worklist;
  private final StudyChanges.Subscription subscription;
  private final Map<Subscriber, Thread> subscribers = new ConcurrentHashMap<>();

  StudyEvents(Worklist worklist, StudyChanges changes) {
    this.worklist = worklist;
    this.subscription =
        changes.subscribe(study -> subscribers.keySet().forEach(each -> each.changed(study)));
  }

  SseEmitter subscribe() {
    if (subscribers.size() >= MOST_SUBSCRIBERS) {
      throw new Problem(HttpStatus.SERVICE_UNAVAILABLE, "Too many open worklists.");
    }
    SseEmitter emitter = new SseEmitter(0L);
    Subscriber subscriber = new Subscriber(worklist, emitter);
    Thread thread = Thread.ofVirtual().name("worklist").unstarted(subscriber);
    subscribers.put(subscriber, thread);
    Runnable gone =
        () -> {
          subscribers.remove(subscriber);
          thread.interrupt();
        };
    emitter.onCompletion(gone);
    emitter.onTimeout(gone);
    emitter.onError(e -> gone.run());
    thread.start();
    return emitter;
  }

  @PreDestroy
  void close() {
    subscription.close();
    subscribers.values().forEach(Thread::interrupt);
  }
}
