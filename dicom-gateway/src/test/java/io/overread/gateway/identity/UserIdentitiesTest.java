package io.overread.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.overread.dicom.net.pdu.Bytes;
import io.overread.dicom.net.pdu.UserIdentity;
import io.overread.dicom.net.pdu.UserIdentity.Type;
import io.overread.gateway.identity.IdentityVerdict.Confirmed;
import io.overread.gateway.identity.IdentityVerdict.Refused;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UserIdentitiesTest {
  private static final PasscodeHash SECRET = PasscodeHash.of("s3cret");

  private final UserIdentities identities =
      new UserIdentities(
          new IdentityProperties(
              false,
              Map.of(
                  "a", new IdentityProperties.User("mary", SECRET.text()),
                  "b", new IdentityProperties.User("tech", null)),
              null),
          Clock.systemUTC());

  @Test
  void a_passcode_is_believed_if_it_is_the_right_one_also_the_second_time() {
    assertThat(verify(Type.USERNAME_AND_PASSCODE, "mary", "s3cret"))
        .isEqualTo(new Confirmed("mary"));
    assertThat(verify(Type.USERNAME_AND_PASSCODE, "mary", "s3cret"))
        .isEqualTo(new Confirmed("mary"));
    assertThat(verify(Type.USERNAME_AND_PASSCODE, "mary", "S3cret")).isInstanceOf(Refused.class);
  }

  @Test
  void an_unknown_user_a_wrong_passcode_and_a_user_without_one_are_refused_alike() {
    IdentityVerdict wrong = verify(Type.USERNAME_AND_PASSCODE, "mary", "other");

    assertThat(wrong).isInstanceOf(Refused.class);
    assertThat(verify(Type.USERNAME_AND_PASSCODE, "nobody", "s3cret")).isEqualTo(wrong);
    assertThat(verify(Type.USERNAME_AND_PASSCODE, "tech", "")).isEqualTo(wrong);
  }

  @Test
  void a_name_alone_is_enough_only_for_a_user_without_passcode() {
    assertThat(verify(Type.USERNAME, "tech", "")).isEqualTo(new Confirmed("tech"));
    assertThat(verify(Type.USERNAME, "mary", "")).isInstanceOf(Refused.class);
    assertThat(verify(Type.USERNAME, "nobody", "")).isInstanceOf(Refused.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = Type.class,
      names = {"KERBEROS", "SAML", "JWT"})
  void what_can_not_be_verified_is_refused(Type type) {
    assertThat(verify(type, "<saml/>", "")).isInstanceOf(Refused.class);
  }

  @Test
  void nothing_said_is_nothing_known_and_without_settings_nothing_is_verified() {
    assertThat(identities.verify(null)).isInstanceOf(IdentityVerdict.Unknown.class);
    UserIdentities none =
        new UserIdentities(new IdentityProperties(false, Map.of(), null), Clock.systemUTC());
    assertThat(none.verify(claim(Type.USERNAME, "mary", "")))
        .isInstanceOf(IdentityVerdict.Unknown.class);
    assertThat(none.verify(claim(Type.SAML, "<saml/>", "")))
        .isInstanceOf(IdentityVerdict.Unknown.class);
  }

  @Test
  void a_hash_is_written_as_it_is_read_and_shows_nothing_in_a_log() {
    assertThat(PasscodeHash.valueOf(SECRET.text()).matches("s3cret")).isTrue();
    assertThat(PasscodeHash.of("s3cret").text()).isNotEqualTo(SECRET.text());
    assertThat(SECRET.toString()).isEqualTo("pbkdf2-sha256");
    for (String text :
        new String[] {"s3cret", "pbkdf2-sha256:1:AAAAAAAAAAAAAAAAAAAAAA==:AAAA", "", ":::"}) {
      assertThatIllegalArgumentException().isThrownBy(() -> PasscodeHash.valueOf(text));
    }
  }

  private IdentityVerdict verify(Type type, String primary, String secondary) {
    return identities.verify(claim(type, primary, secondary));
  }

  private static UserIdentity claim(Type type, String primary, String secondary) {
    return new UserIdentity(type, true, Bytes.utf8(primary), Bytes.utf8(secondary));
  }
}
