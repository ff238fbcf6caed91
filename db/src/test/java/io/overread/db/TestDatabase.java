package io.overread.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * A migrated PostgreSQL database for one test, copied from a template; the server behind it is one
 * for the whole JVM and stops with it.
 */
public final class TestDatabase implements AutoCloseable {
  private static final String SERVICE_PASSWORD = "00112233445566778899aabbccddeeff";
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String name;
  private final HikariDataSource service;
  private final HikariDataSource owner;

  private TestDatabase(String name) {
    this.name = name;
    this.service = pool(name, Migrations.SERVICE_ROLE, SERVICE_PASSWORD, 8);
    this.owner = pool(name, "postgres", "postgres", 2);
  }

  /** A new database at the newest migration, empty otherwise. */
  public static TestDatabase create() {
    String name = "test_" + COUNT.incrementAndGet();
    Server.execute("CREATE DATABASE " + name + " TEMPLATE migrated");
    return new TestDatabase(name);
  }

  /** Connections as the service has them. */
  public DataSource serviceDataSource() {
    return service;
  }

  /** Connections as the owner of the database has them. */
  public DataSource ownerDataSource() {
    return owner;
  }

  /** JDBC address, for a test that starts another process on this database. */
  public String url() {
    return Server.url(name);
  }

  public String servicePassword() {
    return SERVICE_PASSWORD;
  }

  @Override
  public void close() {
    service.close();
    owner.close();
    Server.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
  }

  private static HikariDataSource pool(String database, String user, String password, int size) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(Server.url(database));
    config.setUsername(user);
    config.setPassword(password);
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(0);
    return new HikariDataSource(config);
  }

  /** Started when the first test asks for a database. */
  private static final class Server {
    private static final EmbeddedPostgres POSTGRES = start();

    private static EmbeddedPostgres start() {
      try {
        // A test database needs no protection from a power cut.
        EmbeddedPostgres postgres =
            EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off")
                .setServerConfig("synchronous_commit", "off")
                .setServerConfig("max_connections", "200")
                .start();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
            Statement statement = connection.createStatement()) {
          statement.execute("CREATE DATABASE migrated");
        }
        Migrations.run(
            new Owner(postgres.getJdbcUrl("postgres", "migrated"), "postgres", "postgres"),
            SERVICE_PASSWORD);
        return postgres;
      } catch (IOException | SQLException e) {
        throw new IllegalStateException("no PostgreSQL for the tests", e);
      }
    }

    static String url(String database) {
      return "jdbc:postgresql://localhost:" + POSTGRES.getPort() + "/" + database;
    }

    static synchronized void execute(String sql) {
      try (Connection connection = POSTGRES.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      } catch (SQLException e) {
        throw new IllegalStateException(sql, e);
      }
    }
  }
}
