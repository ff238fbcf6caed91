package io.overread.vlm.remote;

import io.overread.vlm.failure.ModelFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An engine's key; it is written nowhere but into requests. */
final class ApiKey {

  private static final int LONGEST = 4096;

  private final @Nullable String value;

  private ApiKey(@Nullable String value) {
    this.value = value;
  }

  /** From where the settings say. */
  static ApiKey of(RemoteSettings.Access access, Map<String, String> environment) {
    Path file = access.apiKeyFile();
    String variable = access.apiKeyEnvironment();
    if (file != null) {
      try {
        if (Files.size(file) > LONGEST) {
          throw new ModelFormatException("access: api_key_file", "too long for a key");
        }
        return new ApiKey(checked("access: api_key_file", Files.readString(file).strip()));
      } catch (IOException e) {
        throw new ModelFormatException("access: api_key_file", "cannot be read", e);
      }
    }
    if (variable != null) {
      String found = environment.get(variable);
      if (found == null) {
        throw new ModelFormatException("access: api_key_environment", variable + " is not set");
      }
      return new ApiKey(checked("access: api_key_environment", found.strip()));
    }
    return new ApiKey(null);
  }

  /** What a header can carry: a line break would start another one. */
  private static String checked(String field, String key) {
    if (key.isEmpty()
        || key.length() > LONGEST
        || !key.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new ModelFormatException(field, "no key of visible ASCII characters");
    }
    return key;
  }

  Optional<String> value() {
    return Optional.ofNullable(value);
  }

  @Override
  public String toString() {
    return value == null ? "no key" : "a key";
  }
}
