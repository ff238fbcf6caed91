package io.overread.dicom.net;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Remembers what an acceptor tells. */
final class Events implements AssociationListener {
  private final List<AssociationEvent> all = new CopyOnWriteArrayList<>();

  @Override
  public void on(AssociationEvent event) {
    all.add(event);
  }

  <E extends AssociationEvent> List<E> of(Class<E> type) {
    return all.stream().filter(type::isInstance).map(type::cast).toList();
  }

  <E extends AssociationEvent> E awaitOne(Class<E> type) {
    return awaitOne(type, _ -> true);
  }

  <E extends AssociationEvent> E awaitOne(Class<E> type, Predicate<E> which) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> of(type).stream().filter(which).toList(), found -> !found.isEmpty())
        .getFirst();
  }
}
