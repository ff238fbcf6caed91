package io.overread.vlm.remote;

import java.net.URI;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The servers with a model, and which of them is asked next. */
final class Replicas {

  private final List<Replica> all;

  Replicas(List<URI> urls, InstantSource clock) {
    this.all = urls.stream().map(url -> new Replica(url, new CircuitBreaker(clock))).toList();
  }

  List<Replica> all() {
    return all;
  }

  /**
   * The one with the fewest requests under way, of those not tried yet if there is one; empty if
   * all are left alone.
   */
  Optional<Replica> next(Set<Replica> tried) {
    Comparator<Replica> idle = Comparator.comparingInt(replica -> replica.underWay().get());
    return Stream.concat(
            all.stream().filter(replica -> !tried.contains(replica)).sorted(idle),
            all.stream().filter(tried::contains).sorted(idle))
        .filter(replica -> replica.breaker().admits())
        .findFirst();
  }
}
