package io.overread.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The running database: started if it is the embedded one, migrated by its owner, and from then on
 * reached as the role {@code overread_service}, which may not change the audit chain.
 */
public final class Database implements AutoCloseable {
  private final FolderLock lock;
  private final @Nullable EmbeddedServer server;
  private final HikariDataSource pool;

  private Database(FolderLock lock, @Nullable EmbeddedServer server, HikariDataSource pool) {
    this.lock = lock;
    this.server = server;
    this.pool = pool;
  }

  /**
   * Starts, migrates and connects.
   *
   * @throws DatabaseException if any of it fails; the message says what to do
   */
  public static Database open(DatabaseSettings settings) {
    FolderLock lock = FolderLock.take(settings.home());
    EmbeddedServer server = null;
    try {
      DatabaseSecrets secrets = DatabaseSecrets.in(settings.home());
      if (settings.url() == null) {
        server = EmbeddedServer.start(settings.home(), secrets.owner());
      }
      return new Database(lock, server, connect(owner(settings, server, secrets), secrets));
    } catch (RuntimeException e) {
      if (server != null) {
        server.close();
      }
      lock.close();
      throw e;
    }
  }

  /**
   * One connection to a database that is there already, for a command that reads beside a running
   * service; an embedded server that doesn't run is started for as long as the work takes.
   *
   * @throws DatabaseException if there is no database
   */
  public static <T> T read(DatabaseSettings settings, Work<T> work) {
    return connected(
        settings,
        connection -> {
          connection.setReadOnly(true);
          return work.with(connection);
        });
  }

  /** As {@link #read}, for a command that writes; the role may do what the service may. */
  public static <T> T connected(DatabaseSettings settings, Work<T> work) {
    if (settings.url() == null && !EmbeddedServer.exists(settings.home())) {
      throw new DatabaseException("there is no database in " + settings.home());
    }
    DatabaseSecrets secrets = DatabaseSecrets.in(settings.home());
    String running = settings.url();
    if (running == null) {
      running = EmbeddedServer.runningUrl(settings.home()).orElse(null);
    }
    if (running != null) {
      return connected(running, secrets, work);
    }
    try (FolderLock lock = FolderLock.take(settings.home());
        EmbeddedServer server = EmbeddedServer.start(settings.home(), secrets.owner())) {
      return connected(server.url(), secrets, work);
    }
  }

  private static <T> T connected(String url, DatabaseSecrets secrets, Work<T> work) {
    try (Connection connection =
        DriverManager.getConnection(url, Migrations.SERVICE_ROLE, secrets.service())) {
      return work.with(connection);
    } catch (SQLException e) {
      throw new DatabaseException("the database can't be used: " + e.getMessage(), e);
    }
  }

  /**
   * What to do with the connection.
   *
   * @param <T> what comes of it
   */
  @FunctionalInterface
  public interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  private static Owner owner(
      DatabaseSettings settings, @Nullable EmbeddedServer server, DatabaseSecrets secrets) {
    return server != null
        ? new Owner(server.url(), EmbeddedServer.OWNER, secrets.owner())
        : new Owner(
            Objects.requireNonNull(settings.url()),
            Objects.requireNonNull(settings.user()),
            Objects.requireNonNull(settings.password()));
  }

  private static HikariDataSource connect(Owner owner, DatabaseSecrets secrets) {
    Migrations.run(owner, secrets.service());
    HikariConfig config = new HikariConfig();
    config.setPoolName("overread");
    config.setJdbcUrl(owner.url());
    config.setUsername(Migrations.SERVICE_ROLE);
    config.setPassword(secrets.service());
    config.setMaximumPoolSize(16);
    config.setMinimumIdle(2);
    config.setConnectionTimeout(5_000);
    return new HikariDataSource(config);
  }

  /** Connections of the role {@code overread_service}. */
  public DataSource serviceDataSource() {
    return pool;
  }

  @Override
  public void close() {
    pool.close();
    if (server != null) {
      server.close();
    }
    lock.close();
  }
}
