package io.overread.gateway.association;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.db.TestDatabase;
import io.overread.dicom.net.tls.TestIssuer;
import io.overread.dicom.net.tls.TestIssuer.Identity;
import io.overread.dicom.net.tls.TlsSession;
import io.overread.gateway.PeerTools;
import io.overread.gateway.PeerTools.Run;
import io.overread.gateway.Sample;
import io.overread.gateway.SpringGateway;
import io.overread.gateway.identity.PasscodeHash;
import io.overread.gateway.identity.TestToken;
import io.overread.gateway.tls.CertificateWatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** DCMTK's tools as peers that must show who they are. */
class PeersDcmtkIT {

  @TempDir Path home;
  @TempDir Path files;
  private TestDatabase database;
  private SpringGateway gateway;
  private TestIssuer issuer;
  private Identity ct1;
  private KeyPair tokenKeys;

  @BeforeEach
  void start() throws Exception {
    database = TestDatabase.create();
    issuer = TestIssuer.named("Issuer");
    ct1 = issuer.issue("ct1");
    issuer.issue("overread").in(files.resolve("own"), issuer);
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    tokenKeys = generator.generateKeyPair();
    Files.writeString(files.resolve("jwt.pem"), TestToken.pem(tokenKeys.getPublic()));
    gateway = new SpringGateway(database.serviceDataSource(), study -> {}, settings());
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put("overread.home", home.toString());
    settings.put("overread.dicom-port", "0");
    settings.put("overread.storage.free-space-floor", "0B");
    settings.put("overread.tls.key", files.resolve("own/key.pem").toString());
    settings.put("overread.tls.certificate", files.resolve("own/certificate.pem").toString());
    settings.put("overread.tls.trust", files.resolve("own/trust.pem").toString());
    settings.put("overread.tls.listen.port", "0");
    settings.put("overread.associations.unknown-peers", "refuse");
    settings.put("overread.peers.ct1.ae-title", "CT1");
    settings.put("overread.peers.ct1.tls", "true");
    settings.put("overread.peers.ct1.caller.certificate", TlsSession.sha256(ct1.certificate()));
    settings.put("overread.peers.far.ae-title", "FAR");
    settings.put("overread.peers.far.caller.addresses", "192.0.2.0/24");
    settings.put("overread.peers.us1.ae-title", "US1");
    settings.put("overread.peers.us1.caller.addresses", "127.0.0.0/8,::1");
    settings.put("overread.peers.us1.caller.user-identity", "true");
    settings.put("overread.peers.xa1.ae-title", "XA1");
    settings.put("overread.user-identity.users.mary.name", "mary");
    settings.put("overread.user-identity.users.mary.passcode", PasscodeHash.of("s3cret").text());
    settings.put("overread.user-identity.jwt.keys", files.resolve("jwt.pem").toString());
    return settings;
  }

  @AfterEach
  void stop() {
    gateway.close();
    database.close();
  }

  @Test
  void a_peer_stores_over_tls_with_the_certificate_it_is_known_by() throws Exception {
    String image = Sample.of(7, 1).write(files).toString();

    Run echo = overTls("echoscu", "CT1", ct1, List.of());
    Run store = overTls("storescu", "CT1", ct1, List.of(image));

    assertThat(echo.status()).as(echo.output()).isZero();
    assertThat(store.status()).as(store.output()).isZero();
    assertThat(rows("select sop_instance_uid from instance")).containsExactly("2.25.7.1.1");
    assertThat(details("ASSOCIATION_ACCEPTED"))
        .allSatisfy(
            detail ->
                assertThat(detail)
                    .contains("CN=ct1,O=Clinic", TlsSession.sha256(ct1.certificate()), "TLSv1.3"));
  }

  @Test
  void another_certificate_of_the_same_issuer_is_not_that_peer() throws Exception {
    Run run = overTls("echoscu", "CT1", issuer.issue("ct1"), List.of());

    assertThat(run.output()).contains("Calling AE Title Not Recognized");
    assertThat(details("ASSOCIATION_REFUSED"))
        .singleElement()
        .asString()
        .contains("REJECTED_PERMANENT", "not the peer ct1: it has another certificate");
  }

  @Test
  void a_certificate_of_another_issuer_does_not_get_as_far_as_an_association() throws Exception {
    Run run = overTls("echoscu", "CT1", TestIssuer.named("Other").issue("ct1"), List.of());

    assertThat(run.status()).isNotZero();
    assertThat(details("ASSOCIATION_REFUSED")).singleElement().asString().contains("TLS: ");
  }

  @Test
  void new_certificates_are_used_without_a_restart() throws Exception {
    TestIssuer next = TestIssuer.named("Next");
    Identity renewed = next.issue("overread");
    renewed.in(files.resolve("own"), issuer);
    assertThat(overTls("echoscu", "CT1", ct1, List.of()).status()).isZero();

    gateway.bean(CertificateWatch.class).look();

    ListeningState state = gateway.bean(StorageScp.class).state();
    assertThat(state.listeners())
        .extracting(ListeningState.Listener::tls)
        .containsExactly(false, true);
    assertThat(state.certificate())
        .extracting(ListeningState.Certificate::sha256, ListeningState.Certificate::failure)
        .containsExactly(TlsSession.sha256(renewed.certificate()), null);
    Run old = overTls("echoscu", "CT1", ct1, List.of());
    assertThat(old.output()).containsIgnoringCase("certificate verify failed");
    issuer = next;
    Run run = overTls("echoscu", "CT1", ct1, List.of());
    assertThat(run.status()).as(run.output()).isZero();
  }

  @Test
  void peers_are_refused_without_tls_from_elsewhere_and_if_no_setting_names_them()
      throws Exception {
    for (String title : List.of("CT1", "FAR", "STRANGER")) {
      Run run = plain("echoscu", title, List.of());
      assertThat(run.status()).isNotZero();
      assertThat(run.output())
          .contains("Rejected Permanent", "Service User", "Calling AE Title Not Recognized");
    }

    assertThat(String.join("\n", details("ASSOCIATION_REFUSED")))
        .contains("it calls over TLS", "it calls from elsewhere", "an unknown peer");
    assertThat(plain("echoscu", "XA1", List.of()).status()).isZero();
  }

  @Test
  void a_user_with_the_right_passcode_is_confirmed_and_one_with_a_wrong_one_refused()
      throws Exception {
    String image = Sample.of(7, 1).write(files).toString();

    Run right =
        plain(
            "storescu",
            "US1",
            List.of("-d", "--user", "mary", "--password", "s3cret", "-rsp", image));
    Run wrong = plain("storescu", "US1", List.of("--user", "mary", "--password", "wr0ng", image));
    Run none = plain("storescu", "US1", List.of(image));

    assertThat(right.status()).as(right.output()).isZero();
    for (Run refused : List.of(wrong, none)) {
      assertThat(refused.status()).isNotZero();
      assertThat(refused.output()).contains("Rejected Permanent", "Service User", "No Reason");
    }
    assertThat(details("ASSOCIATION_ACCEPTED")).singleElement().asString().contains("mary");
    assertThat(String.join("\n", details("ASSOCIATION_REFUSED")))
        .contains("wrong passcode", "one is required")
        .doesNotContain("wr0ng", "s3cret");
  }

  @Test
  void a_json_web_token_is_believed_and_saml_and_kerberos_are_refused_cleanly() throws Exception {
    String image = Sample.of(7, 1).write(files).toString();
    Path token = files.resolve("token");
    long expires = Instant.now().getEpochSecond() + 300;
    Files.writeString(
        token,
        TestToken.signed(
            tokenKeys.getPrivate(), "ES256", "{\"sub\":\"dr-who\",\"exp\":" + expires + "}"));

    Run jwt = plain("storescu", "US1", List.of("--jwt", token.toString(), "-rsp", image));
    Run saml = plain("storescu", "XA1", List.of("--saml", token.toString(), image));
    Run kerberos = plain("storescu", "XA1", List.of("--kerberos", token.toString(), image));

    assertThat(jwt.status()).as(jwt.output()).isZero();
    assertThat(details("ASSOCIATION_ACCEPTED")).singleElement().asString().contains("dr-who");
    for (Run refused : List.of(saml, kerberos)) {
      assertThat(refused.status()).isNotZero();
      assertThat(refused.output()).contains("Rejected Permanent", "No Reason");
    }
    assertThat(String.join("\n", details("ASSOCIATION_REFUSED"))).contains("SAML", "KERBEROS");
  }

  private Run plain(String tool, String title, List<String> more) throws Exception {
    return PeerTools.dcmtk(tool, arguments(title, gateway.port(), List.of(), more));
  }

  private Run overTls(String tool, String title, Identity identity, List<String> more)
      throws Exception {
    List<String> tls =
        List.of(
            "+tls",
            identity.writeKey(files.resolve("peer-key.pem")).toString(),
            identity.writeCertificate(files.resolve("peer-certificate.pem")).toString(),
            "+cf",
            issuer.write(files.resolve("peer-trust.pem")).toString());
    return PeerTools.dcmtk(tool, arguments(title, gateway.tlsPort(), tls, more));
  }

  private static List<String> arguments(
      String title, int port, List<String> options, List<String> more) {
    List<String> arguments = new ArrayList<>(options);
    List<String> files = more.stream().filter(word -> word.endsWith(".dcm")).toList();
    more.stream().filter(word -> !word.endsWith(".dcm")).forEach(arguments::add);
    arguments.addAll(
        List.of("-aet", title, "-aec", "OVERREAD", "localhost", Integer.toString(port)));
    arguments.addAll(files);
    return arguments;
  }

  private List<String> details(String action) {
    return JdbcClient.create(database.ownerDataSource())
        .sql("select detail::text from audit_entry where action = ? order by sequence")
        .param(action)
        .query(String.class)
        .list();
  }

  private List<String> rows(String sql) {
    return JdbcClient.create(database.ownerDataSource()).sql(sql).query(String.class).list();
  }
}
