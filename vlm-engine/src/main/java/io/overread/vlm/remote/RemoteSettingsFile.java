package io.overread.vlm.remote;

import io.overread.vlm.failure.ModelFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Reads {@link RemoteSettings} from a JSON file; a field that it doesn't know is an error. */
public final class RemoteSettingsFile {

  static final String WHAT = "remote model";

  private static final long MAX_BYTES = 1L << 20;
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private RemoteSettingsFile() {}

  /** Whether a model's path names such a file, and no folder. */
  public static boolean is(Path path) {
    return path.toString().endsWith(".json") && Files.isRegularFile(path);
  }

  /**
   * Reads a file.
   *
   * @throws ModelFormatException naming the field at fault
   */
  public static RemoteSettings read(Path file) {
    String name = String.valueOf(file.getFileName());
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new ModelFormatException(name, "larger than " + MAX_BYTES + " bytes");
      }
      RemoteSettings settings = MAPPER.readValue(Files.readAllBytes(file), RemoteSettings.class);
      if (settings == null) {
        throw new ModelFormatException(name, "no JSON object");
      }
      return settings;
    } catch (JacksonException e) {
      if (e.getCause() instanceof ModelFormatException fault) {
        throw fault;
      }
      throw new ModelFormatException(name, "no settings: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new ModelFormatException(name, "cannot be read: " + e.getMessage(), e);
    }
  }
}
