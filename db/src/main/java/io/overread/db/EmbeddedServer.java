package io.overread.db;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * PostgreSQL 18 inside the data folder, for a site that runs none: loopback only, passwords
 * required. It is the real server, so nothing else changes when a site moves to its own.
 */
final class EmbeddedServer implements AutoCloseable {
  static final String OWNER = "postgres";
  private static final String DATABASE = "overread";
  private static final Duration LONGEST_START = Duration.ofMinutes(2);

  private final EmbeddedPostgres server;

  private EmbeddedServer(EmbeddedPostgres server) {
    this.server = server;
  }

  static EmbeddedServer start(Path home, String ownerPassword) {
    Path data = data(home);
    try {
      Files.createDirectories(home.resolve("postgres"), DatabaseSecrets.onlyOwner("rwx------"));
      stopLeftOver(data);
      EmbeddedPostgres postgres =
          EmbeddedPostgres.builder()
              .setDataDirectory(data)
              .setCleanDataDirectory(false)
              .setOverrideWorkingDirectory(home.resolve("postgres").resolve("program").toFile())
              .setConnectConfig("password", ownerPassword)
              .setServerConfig("listen_addresses", "127.0.0.1")
              .setServerConfig("unix_socket_directories", "")
              .setServerConfig("shared_buffers", "64MB")
              .setServerConfig("max_connections", "50")
              .setPGStartupWait(LONGEST_START)
              // It would stop the server beside whoever still writes his last entry.
              .setRegisterShutdownHook(false)
              .start();
      EmbeddedServer started = new EmbeddedServer(postgres);
      started.requirePasswords(data, ownerPassword);
      return started;
    } catch (IOException | SQLException e) {
      throw new DatabaseException(
          "the embedded PostgreSQL in " + data + " doesn't start: " + e.getMessage(), e);
    }
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + DATABASE;
  }

  /** A fresh cluster trusts every local user; from here on it asks each for a password. */
  private void requirePasswords(Path data, String password) throws IOException, SQLException {
    Path hostAccess = data.resolve("pg_hba.conf");
    String wanted = "host all all 127.0.0.1/32 scram-sha-256\n";
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      if (!Files.readString(hostAccess).equals(wanted)) {
        // The password is hexadecimal digits of our own drawing, so quoting it is safe.
        statement.execute("ALTER ROLE " + OWNER + " PASSWORD '" + password + "'");
        Files.writeString(hostAccess, wanted);
        statement.execute("SELECT pg_reload_conf()");
      }
      try (var found =
          statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
        if (found.next()) {
          return;
        }
      }
      statement.execute("CREATE DATABASE " + DATABASE);
    }
  }

  /**
   * A service killed outright leaves its server running, and a second one on the same folder would
   * be refused. The pid file names it; it is asked to stop before a new one starts.
   */
  private static void stopLeftOver(Path data) throws IOException {
    var process = running(data);
    if (process.isEmpty()) {
      return;
    }
    process.get().destroy();
    try {
      process.get().onExit().get(10, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      process.get().destroyForcibly();
      process.get().onExit().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the left-over server stops", e);
    } catch (ExecutionException | CompletionException e) {
      throw new IOException("the left-over server can't be awaited", e);
    }
  }

  /** Address of the server that runs on the data folder now, if one does. */
  static Optional<String> runningUrl(Path home) {
    Path data = data(home);
    try {
      if (running(data).isEmpty()) {
        return Optional.empty();
      }
      // PostgreSQL's pid file: the fourth line is the port.
      return Files.readString(data.resolve("postmaster.pid"))
          .lines()
          .skip(3)
          .findFirst()
          .filter(port -> port.matches("\\d{1,5}"))
          .map(port -> "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE);
    } catch (IOException e) {
      throw new DatabaseException("the pid file in " + data + " can't be read", e);
    }
  }

  static boolean exists(Path home) {
    return Files.exists(data(home).resolve("PG_VERSION"));
  }

  private static Path data(Path home) {
    return home.resolve("postgres").resolve("data");
  }

  private static Optional<ProcessHandle> running(Path data) throws IOException {
    Path pidFile = data.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    String first = Files.readString(pidFile).lines().findFirst().orElse("");
    return first.matches("\\d{1,9}")
        ? ProcessHandle.of(Long.parseLong(first)).filter(EmbeddedServer::isPostgres)
        : Optional.empty();
  }

  private static boolean isPostgres(ProcessHandle process) {
    return process.info().command().map(c -> c.endsWith("/postgres")).orElse(false);
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new DatabaseException("the embedded PostgreSQL doesn't stop", e);
    }
  }
}
