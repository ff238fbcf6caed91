package io.overread.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The running database: started if it is the embedded one, migrated by its owner, and from then on
 * reached as the role {@code overread_service}, which may not change the audit chain.
 */
public final class Database implements AutoCloseable {
  private final @Nullable EmbeddedServer server;
  private final HikariDataSource pool;

  private Database(@Nullable EmbeddedServer server, HikariDataSource pool) {
    this.server = server;
    this.pool = pool;
  }

  /**
   * Starts, migrates and connects.
   *
   * @throws DatabaseException if any of it fails; the message says what to do
   */
  public static Database open(DatabaseSettings settings) {
    DatabaseSecrets secrets = DatabaseSecrets.in(settings.home());
    if (settings.url() == null) {
      EmbeddedServer server = EmbeddedServer.start(settings.home(), secrets.owner());
      try {
        return new Database(
            server,
            connect(new Owner(server.url(), EmbeddedServer.OWNER, secrets.owner()), secrets));
      } catch (RuntimeException e) {
        server.close();
        throw e;
      }
    }
    Owner owner =
        new Owner(
            settings.url(),
            Objects.requireNonNull(settings.user()),
            Objects.requireNonNull(settings.password()));
    return new Database(null, connect(owner, secrets));
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
    config.setConnectionTimeout(10_000);
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
  }
}
