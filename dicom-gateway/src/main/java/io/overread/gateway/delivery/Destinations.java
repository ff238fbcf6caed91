package io.overread.gateway.delivery;

import io.overread.dicom.toolkit.DicomToolkit;
import io.overread.gateway.delivery.DeliveryProperties.Rule;
import io.overread.gateway.peer.PeerProperties.Peer;
import io.overread.gateway.peer.Peers;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The destinations of the settings, each with its rule and how it is reached. */
final class Destinations {

  private final Map<String, Destination> byName;

  /**
   * A destination.
   *
   * @param aeTitle of its peer; empty for a DICOMweb service
   */
  record Destination(String name, Rule rule, Optional<String> aeTitle, ResultSender sender) {

    /** The peer that is asked to commit to what it took; empty where none is. */
    Optional<String> committer() {
      return rule.commitment() ? Optional.ofNullable(rule.peer()) : Optional.empty();
    }

    /** Whether it sent some of a study, and isn't to get the results of what it sent. */
    boolean isLeftOutFor(Set<String> senders) {
      return !rule.allowSender() && aeTitle.filter(senders::contains).isPresent();
    }
  }

  /** With what it is sent. */
  private record Means(String callingAeTitle, DicomToolkit toolkit) {}

  /** Made for the first DICOMweb service: it reads the Java's certificates, which takes a while. */
  private static final class Web {
    static final HttpClient CLIENT =
        HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .version(Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .build();
  }

  /**
   * The destinations of the settings.
   *
   * @throws IllegalArgumentException when one names a peer that is none, or that has no address
   */
  Destinations(
      DeliveryProperties properties, Peers peers, String callingAeTitle, DicomToolkit toolkit) {
    this.byName =
        properties.destinations().entrySet().stream()
            .map(
                entry ->
                    destination(
                        entry.getKey(),
                        entry.getValue(),
                        peers,
                        new Means(callingAeTitle, toolkit)))
            .collect(
                Collectors.toMap(
                    Destination::name, Function.identity(), (one, other) -> one, TreeMap::new));
  }

  /** By their names. */
  Iterable<Destination> all() {
    return byName.values();
  }

  /** The destination of that name, if the settings still have it. */
  Optional<Destination> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  private static Destination destination(String name, Rule rule, Peers peers, Means means) {
    var url = rule.url();
    if (url != null) {
      var sender = new StowResultSender(Web.CLIENT, url, rule.authorization());
      return new Destination(name, rule, Optional.empty(), sender);
    }
    Peer peer =
        peers.find(String.valueOf(rule.peer())).filter(it -> it.host() != null).orElse(null);
    if (peer == null) {
      throw new IllegalArgumentException(
          "overread.delivery.destinations."
              + name
              + ": there is no overread.peers."
              + rule.peer()
              + " with a host");
    }
    var sender =
        new DimseResultSender(
            means.toolkit(), () -> peers.remote(peer).orElseThrow(), means.callingAeTitle());
    return new Destination(name, rule, Optional.of(peer.aeTitle()), sender);
  }
}
