package io.overread.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overread.dicom.toolkit.OwnToolkit;
import io.overread.gateway.delivery.DeliveryProperties.Rule;
import io.overread.gateway.peer.PeerProperties;
import io.overread.gateway.peer.PeerProperties.Peer;
import io.overread.gateway.peer.Peers;
import io.overread.gateway.result.ReportEvent;
import io.overread.gateway.result.ResultKind;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class DeliveryPropertiesTest {

  private static final String TO = "overread.delivery.destinations.archive.";

  @Test
  void nothing_is_sent_by_default() {
    assertThat(bind(Map.of()).destinations()).isEmpty();
  }

  @Test
  void a_destination_gets_every_object_of_what_is_signed_by_default() {
    Rule rule =
        Objects.requireNonNull(bind(Map.of(TO + "peer", "pacs")).destinations().get("archive"));
    assertThat(rule.objects()).containsExactlyInAnyOrder(ResultKind.values());
    assertThat(rule.events())
        .containsExactlyInAnyOrder(ReportEvent.SIGNATURE, ReportEvent.AMENDMENT);
    assertThat(rule.allowSender()).isFalse();
    assertThat(rule.proof()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://archive/dicom-web",
        "http://user:secret@archive/dicom-web",
        "http://archive/dicom-web?a=b",
        "archive/dicom-web"
      })
  void an_address_that_is_no_plain_web_address_is_refused(String url) {
    assertThatThrownBy(() -> bind(Map.of(TO + "url", url)))
        .rootCause()
        .hasMessageContaining("overread.delivery.destinations");
  }

  @Test
  void a_destination_is_a_peer_or_a_service_and_not_both() {
    assertThatThrownBy(() -> bind(Map.of(TO + "objects", "SR")))
        .rootCause()
        .hasMessageContaining("either");
    assertThatThrownBy(() -> bind(Map.of(TO + "peer", "pacs", TO + "url", "http://archive")))
        .rootCause()
        .hasMessageContaining("either");
  }

  @Test
  void a_peer_that_is_not_configured_or_has_no_address_is_refused_at_the_start() {
    DeliveryProperties properties = bind(Map.of(TO + "peer", "pacs"));
    Peers without = peers(Map.of("pacs", new Peer("PACS", null, 104)));
    assertThatThrownBy(() -> new Destinations(properties, without, "OVERREAD", new OwnToolkit()))
        .hasMessageContaining("overread.peers.pacs");
    assertThatThrownBy(
            () -> new Destinations(properties, peers(Map.of()), "OVERREAD", new OwnToolkit()))
        .hasMessageContaining("overread.peers.pacs");
  }

  @Test
  void commitment_is_asked_of_peers_and_only_as_a_proof() {
    assertThat(bind(Map.of(TO + "peer", "pacs", TO + "commitment", "true")).destinations())
        .allSatisfy((name, rule) -> assertThat(rule.commitment()).isTrue());
    assertThatThrownBy(() -> bind(Map.of(TO + "url", "http://a", TO + "commitment", "true")))
        .rootCause()
        .hasMessageContaining("commitment");
    assertThatThrownBy(
            () ->
                bind(Map.of(TO + "peer", "pacs", TO + "commitment", "true", TO + "proof", "false")))
        .rootCause()
        .hasMessageContaining("commitment");
  }

  @Test
  void the_secret_is_in_no_text_of_the_settings() {
    DeliveryProperties properties =
        bind(Map.of(TO + "url", "https://archive/rs", TO + "authorization", "Bearer s3cret"));
    assertThat(properties.toString()).doesNotContain("s3cret");
  }

  @Test
  void waits_double_up_to_the_longest() {
    DeliveryProperties properties = bind(Map.of("overread.delivery.longest-wait", "5m"));
    assertThat(properties.waitAfter(1)).isEqualTo(Duration.ofSeconds(30));
    assertThat(properties.waitAfter(3)).isEqualTo(Duration.ofMinutes(2));
    assertThat(properties.waitAfter(90)).isEqualTo(Duration.ofMinutes(5));
  }

  private static Peers peers(Map<String, Peer> peers) {
    return new Peers(new PeerProperties(peers), null);
  }

  private static DeliveryProperties bind(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings))
        .bindOrCreate("overread.delivery", DeliveryProperties.class);
  }
}
