package io.overread.gateway.identity;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The users that peers may name, {@code overread.user-identity.*}. Where neither users nor keys are
 * set, what peers say of their users is ignored.
 *
 * @param required whether every association must name a user whom we can verify
 * @param users by any key
 * @param jwt how JSON web tokens are verified
 */
@Validated
@ConfigurationProperties("overread.user-identity")
public record IdentityProperties(
    @DefaultValue("false") boolean required,
    @NotNull @DefaultValue Map<String, @Valid User> users,
    @Nullable @Valid Jwt jwt) {

  /** Copies the users. */
  public IdentityProperties {
    users = Map.copyOf(users);
  }

  /**
   * A user.
   *
   * @param name as peers name it
   * @param passcode the hash of its passcode, as the command {@code passcode} prints it; null for a
   *     user whose name is enough. As text, for Spring prints a value that it can't convert, and
   *     what an administrator takes for the hash may be the passcode
   */
  public record User(@NotBlank String name, @Nullable String passcode) {
    /** Checks the hash. */
    public User {
      if (passcode != null) {
        PasscodeHash.valueOf(passcode);
      }
    }

    @Nullable PasscodeHash hash() {
      return passcode == null ? null : PasscodeHash.valueOf(passcode);
    }

    /** Without the hash. */
    @Override
    public String toString() {
      return "User[name=" + name + "]";
    }
  }

  /**
   * How JSON web tokens are verified.
   *
   * @param keys a PEM file with public keys or certificates, or a JSON Web Key Set (RFC 7517)
   * @param issuer that {@code iss} must name; null for any
   * @param audience that {@code aud} must name; null for any
   */
  public record Jwt(@NotNull Path keys, @Nullable String issuer, @Nullable String audience) {}
}
