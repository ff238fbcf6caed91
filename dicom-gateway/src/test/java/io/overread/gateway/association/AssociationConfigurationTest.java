package io.overread.gateway.association;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overread.dicom.net.AcceptorSettings;
import io.overread.dicom.net.AcceptorTimeouts;
import io.overread.dicom.net.AssociationLimits;
import io.overread.dicom.net.PduLengths;
import io.overread.dicom.net.tls.ClientAuthentication;
import io.overread.gateway.GatewayProperties;
import io.overread.gateway.identity.IdentityProperties;
import io.overread.gateway.peer.PeerProperties;
import io.overread.gateway.tls.TlsProperties;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class AssociationConfigurationTest {

  @Test
  void without_settings_associations_are_bounded_and_there_is_no_tls() {
    AcceptorSettings settings = listening(Map.of()).settings();

    assertThat(settings.endpoints())
        .singleElement()
        .satisfies(end -> assertThat(end.tls()).isNull());
    assertThat(settings.limits()).isEqualTo(new AssociationLimits(64, 16, Duration.ofSeconds(5)));
    assertThat(settings.pduLengths()).isEqualTo(new PduLengths(131_072, 131_072));
    assertThat(settings.timeouts()).isEqualTo(AcceptorTimeouts.DEFAULT);
  }

  @Test
  void every_setting_binds_from_the_environment() {
    Map<String, Object> environment = new HashMap<>();
    environment.put("OVERREAD_STORAGE_MAXASSOCIATIONS", "5");
    environment.put("OVERREAD_ASSOCIATIONS_UNKNOWNPEERS", "refuse");
    environment.put("OVERREAD_ASSOCIATIONS_PERPEER", "3");
    environment.put("OVERREAD_ASSOCIATIONS_QUEUE", "2");
    environment.put("OVERREAD_ASSOCIATIONS_QUEUEWAIT", "1s");
    environment.put("OVERREAD_ASSOCIATIONS_TIMEOUTS_ARTIM", "11s");
    environment.put("OVERREAD_ASSOCIATIONS_TIMEOUTS_IDLE", "12s");
    environment.put("OVERREAD_ASSOCIATIONS_TIMEOUTS_DIMSE", "13s");
    environment.put("OVERREAD_ASSOCIATIONS_TIMEOUTS_SEND", "14s");
    environment.put("OVERREAD_ASSOCIATIONS_PDU_RECEIVE", "65536");
    environment.put("OVERREAD_ASSOCIATIONS_PDU_SEND", "16384");

    AcceptorSettings settings = listening(environment).settings();

    AssociationProperties bound =
        bind(environment, "overread.associations", AssociationProperties.class);
    assertThat(bound.unknownPeers()).isEqualTo(UnknownPeers.REFUSE);
    assertThat(bound.perPeer()).isEqualTo(3);
    assertThat(settings.limits()).isEqualTo(new AssociationLimits(5, 2, Duration.ofSeconds(1)));
    assertThat(settings.pduLengths()).isEqualTo(new PduLengths(65_536, 16_384));
    assertThat(settings.timeouts())
        .isEqualTo(
            new AcceptorTimeouts(
                Duration.ofSeconds(11),
                Duration.ofSeconds(12),
                Duration.ofSeconds(13),
                Duration.ofSeconds(14),
                AcceptorTimeouts.DEFAULT.close()));
  }

  @Test
  void tls_and_users_bind_from_the_environment_and_keep_their_secrets() {
    TlsProperties tls =
        bind(
            Map.of(
                "OVERREAD_TLS_KEY", "/etc/overread/key.p12",
                "OVERREAD_TLS_TRUST", "/etc/overread/trust.pem",
                "OVERREAD_TLS_PASSWORD", "hidden",
                "OVERREAD_TLS_LISTEN_PORT", "12762",
                "OVERREAD_TLS_LISTEN_CLIENTAUTHENTICATION", "want",
                "OVERREAD_TLS_LISTEN_ONLY", "true"),
            "overread.tls",
            TlsProperties.class);
    IdentityProperties identity =
        bind(
            Map.of(
                "OVERREAD_USERIDENTITY_REQUIRED", "true",
                "OVERREAD_USERIDENTITY_USERS_A_NAME", "Mary Roe",
                "OVERREAD_USERIDENTITY_JWT_KEYS", "/etc/overread/jwks.json",
                "OVERREAD_USERIDENTITY_JWT_ISSUER", "https://idp"),
            "overread.user-identity",
            IdentityProperties.class);

    assertThat(tls.listen())
        .isEqualTo(new TlsProperties.Listen(12762, ClientAuthentication.WANT, true));
    assertThat(tls.password()).isEqualTo("hidden");
    assertThat(tls.toString()).doesNotContain("hidden");
    assertThat(identity.required()).isTrue();
    assertThat(identity.users()).containsEntry("a", new IdentityProperties.User("Mary Roe", null));
    assertThatThrownBy(
            () -> bind(Map.of("OVERREAD_TLS_KEY", "key.pem"), "overread.tls", TlsProperties.class))
        .hasRootCauseMessage("overread.tls.key needs overread.tls.trust");
  }

  @Test
  void a_passcode_in_the_place_of_its_hash_is_refused_and_not_shown() {
    Map<String, Object> environment =
        Map.of(
            "OVERREAD_USERIDENTITY_USERS_A_NAME", "mary",
            "OVERREAD_USERIDENTITY_USERS_A_PASSCODE", "s3cret");

    assertThatThrownBy(() -> bind(environment, "overread.user-identity", IdentityProperties.class))
        .hasRootCauseMessage("a passcode is set as the command 'passcode' prints it")
        .extracting(AssociationConfigurationTest::shown)
        .asString()
        .doesNotContain("s3cret");
  }

  /** What Spring's analysis of the failure shows: the messages, and the property with its value. */
  private static String shown(Throwable failure) {
    StringBuilder shown = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      shown.append(cause.getMessage());
      if (cause instanceof BindException bind) {
        shown.append(bind.getProperty());
      }
    }
    return shown.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, false, , ACCEPT",
    "127.0.0.1, true, , ACCEPT",
    "::1, true, , ACCEPT",
    "127.0.0.1, true, refuse, REFUSE",
    "0.0.0.0, false, , ACCEPT",
    "0.0.0.0, true, , REFUSE",
    "0.0.0.0, true, accept, ACCEPT",
    "0.0.0.0, false, refuse, REFUSE",
  })
  void unknown_peers_are_refused_where_others_are_named_and_a_network_reaches_us(
      String address, boolean named, @Nullable String setting, UnknownPeers expected) {
    Map<String, Object> environment = new HashMap<>();
    environment.put("OVERREAD_BIND", address);
    if (named) {
      environment.put("OVERREAD_PEERS_CT1_AETITLE", "CT1");
    }
    if (setting != null) {
      environment.put("OVERREAD_ASSOCIATIONS_UNKNOWNPEERS", setting);
    }

    assertThat(
            AssociationConfiguration.unknownPeers(
                bind(environment, "overread", GatewayProperties.class),
                bind(environment, "overread.associations", AssociationProperties.class),
                bind(environment, "overread", PeerProperties.class)))
        .isEqualTo(expected);
  }

  private static Listening listening(Map<String, Object> environment) {
    return new Listening(
        bind(environment, "overread", GatewayProperties.class),
        bind(environment, "overread.associations", AssociationProperties.class),
        bind(environment, "overread.tls", TlsProperties.class),
        null);
  }

  private static <T> T bind(Map<String, Object> environment, String prefix, Class<T> type) {
    StandardEnvironment spring = new StandardEnvironment();
    spring.getPropertySources().remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
    spring
        .getPropertySources()
        .addFirst(new SystemEnvironmentPropertySource("systemEnvironment", environment));
    return new Binder(ConfigurationPropertySources.get(spring)).bindOrCreate(prefix, type);
  }
}
