package io.overread.service.command;

import io.overread.dicom.toolkit.DicomToolkit;
import io.overread.dicom.toolkit.OwnToolkit;
import io.overread.dicom.toolkit.Toolkits;
import io.overread.service.settings.OverreadSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The settings as a command without the service around it reads them: the same variables and the
 * same defaults as {@code application.yaml}.
 */
record Environment(Map<String, String> variables) {

  static Environment ofProcess() {
    return new Environment(System.getenv());
  }

  OverreadSettings settings() {
    String model = value("OVERREAD_MODEL");
    String home = value("OVERREAD_HOME");
    return new OverreadSettings(
        home == null ? Path.of(System.getProperty("user.home"), ".overread") : Path.of(home),
        null,
        model == null ? null : Path.of(model),
        new OverreadSettings.Db(
            value("OVERREAD_DB_URL"), value("OVERREAD_DB_USER"), value("OVERREAD_DB_PASSWORD")));
  }

  /** Folders of the contrastive models, as {@code ContrastiveProperties} numbers them. */
  List<Path> contrastiveFolders() {
    return IntStream.iterate(0, i -> i + 1)
        .mapToObj(i -> value("OVERREAD_CONTRASTIVE_MODELS_" + i + "_FOLDER"))
        .takeWhile(Objects::nonNull)
        .map(Path::of)
        .toList();
  }

  String aeTitle() {
    return Objects.requireNonNullElse(value("OVERREAD_AE_TITLE"), "OVERREAD");
  }

  String bind() {
    return Objects.requireNonNullElse(value("OVERREAD_BIND"), "127.0.0.1");
  }

  /** Where this machine reaches a service that listens on {@link #bind()}. */
  String reachableHost() {
    return bind().equals("0.0.0.0") || bind().equals("::") ? "127.0.0.1" : bind();
  }

  int dicomPort() {
    String port = value("OVERREAD_DICOM_PORT");
    return port == null ? 11112 : Peer.port(port);
  }

  /** The toolkit of the service; of another name than this build has, a wrong use. */
  DicomToolkit toolkit() {
    String name = value("OVERREAD_DICOM_TOOLKIT");
    try {
      return Toolkits.named(name == null ? OwnToolkit.NAME : name);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  /** The file that a variable names. */
  @Nullable Path file(String name) {
    String path = value(name);
    return path == null ? null : Path.of(path);
  }

  /** A variable; null where it is absent or blank. */
  @Nullable String value(String name) {
    String value = variables.get(name);
    return value == null || value.isBlank() ? null : value;
  }
}
