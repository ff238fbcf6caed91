package io.overread.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** DCMTK's storescp as an archive that results are sent to; nobody listens where it is missing. */
record Archive(Path folder, int port, @Nullable Process process) implements AutoCloseable {
  private static final Path STORESCP = Path.of("/usr/bin/storescp");

  static Archive start(Path parent) throws IOException {
    Path folder = Files.createDirectory(parent.resolve("archive"));
    int port = RunningService.freePort();
    Process process =
        Files.isExecutable(STORESCP)
            ? new ProcessBuilder(
                    STORESCP.toString(),
                    "--output-directory",
                    folder.toString(),
                    Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(parent.resolve("archive.log").toFile())
                .start()
            : null;
    return new Archive(folder, port, process);
  }

  /** Settings that send it what is signed. */
  Map<String, String> asDestination() {
    return Map.of(
        "OVERREAD_PEERS_ARCHIVE_AETITLE", "ARCHIVE",
        "OVERREAD_PEERS_ARCHIVE_HOST", "127.0.0.1",
        "OVERREAD_PEERS_ARCHIVE_PORT", Integer.toString(port),
        "OVERREAD_DELIVERY_DESTINATIONS_PACS_PEER", "archive");
  }

  /** What it was sent. */
  List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroy();
    }
  }
}
