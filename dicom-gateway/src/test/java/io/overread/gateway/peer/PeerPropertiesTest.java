package io.overread.gateway.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class PeerPropertiesTest {

  @Test
  void peers_bind_from_the_environment_by_name_and_are_found_by_ae_title() {
    PeerProperties properties =
        bind(
            Map.of(
                "OVERREAD_PEERS_ARCHIVE_AE_TITLE", "ARCHIVE",
                "OVERREAD_PEERS_ARCHIVE_HOST", "10.0.0.5",
                "OVERREAD_PEERS_ARCHIVE_PORT", "11113",
                "OVERREAD_PEERS_CT1_AETITLE", "CT 1"));

    assertThat(properties.withAeTitle("ARCHIVE"))
        .contains(new PeerProperties.Peer("ARCHIVE", "10.0.0.5", 11113));
    assertThat(properties.peers().get("ct1")).isEqualTo(new PeerProperties.Peer("CT 1", null, 104));
    assertThat(properties.withAeTitle("UNKNOWN")).isEmpty();
  }

  @Test
  void what_must_be_true_of_a_caller_binds_from_the_environment() {
    PeerProperties properties =
        bind(
            Map.of(
                "OVERREAD_PEERS_CT1_AETITLE", "CT1",
                "OVERREAD_PEERS_CT1_TLS", "true",
                "OVERREAD_PEERS_CT1_CALLER_ADDRESSES", "10.1.0.0/16,2001:db8::5",
                "OVERREAD_PEERS_CT1_CALLER_CERTIFICATE", "CN=ct1,O=Clinic",
                "OVERREAD_PEERS_CT1_CALLER_USERIDENTITY", "true",
                "OVERREAD_PEERS_CT1_CALLER_MAXASSOCIATIONS", "2"));

    assertThat(properties.peers().get("ct1"))
        .isEqualTo(
            new PeerProperties.Peer(
                "CT1",
                null,
                104,
                true,
                new PeerProperties.Caller(
                    List.of(
                        AddressBlock.valueOf("10.1.0.0/16"), AddressBlock.valueOf("2001:db8::5")),
                    CertificateMatch.valueOf("CN=ct1,O=Clinic"),
                    true,
                    2)));
  }

  @Test
  void there_need_be_none() {
    assertThat(bind(Map.of()).peers()).isEmpty();
  }

  private static PeerProperties bind(Map<String, Object> environment) {
    StandardEnvironment spring = new StandardEnvironment();
    spring.getPropertySources().remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
    spring
        .getPropertySources()
        .addFirst(new SystemEnvironmentPropertySource("systemEnvironment", environment));
    return new Binder(ConfigurationPropertySources.get(spring))
        .bindOrCreate("overread", PeerProperties.class);
  }
}
