package io.overread.gateway.delivery;

import io.overread.dicom.net.RemoteApplicationEntity;
import io.overread.dicom.toolkit.DicomToolkit;
import io.overread.gateway.delivery.DeliveryProperties.Rule;
import io.overread.gateway.peer.PeerProperties;
import io.overread.gateway.peer.PeerProperties.Peer;
import java.net.InetSocketAddress;
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

    /** Whether it sent some of a study, and isn't to get the results of what it sent. */
    boolean isLeftOutFor(Set<String> senders) {
      return !rule.allowSender() && aeTitle.filter(senders::contains).isPresent();
    }
  }

  /** With what it is sent. */
  private record Means(String callingAeTitle, HttpClient client, DicomToolkit toolkit) {}

  /**
   * The destinations of the settings.
   *
   * @throws IllegalArgumentException when one names a peer that is none, or that has no address
   */
  Destinations(
      DeliveryProperties properties,
      PeerProperties peers,
      String callingAeTitle,
      DicomToolkit toolkit) {
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .version(Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .build();
    this.byName =
        properties.destinations().entrySet().stream()
            .map(
                entry ->
                    destination(
                        entry.getKey(),
                        entry.getValue(),
                        peers,
                        new Means(callingAeTitle, client, toolkit)))
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

  private static Destination destination(
      String name, Rule rule, PeerProperties peers, Means means) {
    var url = rule.url();
    if (url != null) {
      var sender = new StowResultSender(means.client(), url, rule.authorization());
      return new Destination(name, rule, Optional.empty(), sender);
    }
    Peer peer = peers.peers().get(String.valueOf(rule.peer()));
    String host = peer == null ? null : peer.host();
    if (peer == null || host == null) {
      throw new IllegalArgumentException(
          "overread.delivery.destinations."
              + name
              + ": there is no overread.peers."
              + rule.peer()
              + " with a host");
    }
    var sender =
        new DimseResultSender(
            means.toolkit(),
            () ->
                new RemoteApplicationEntity(
                    new InetSocketAddress(host, peer.port()), peer.aeTitle()),
            means.callingAeTitle());
    return new Destination(name, rule, Optional.of(peer.aeTitle()), sender);
  }
}
