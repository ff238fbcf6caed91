package io.overread.db;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the schema up to date as its owner, then lets the service's role log in. */
final class Migrations {
  static final String SERVICE_ROLE = "overread_service";

  private Migrations() {}

  static void run(Owner owner, String servicePassword) {
    try {
      Flyway.configure()
          .dataSource(owner.url(), owner.user(), owner.password())
          .locations("classpath:db/migration")
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new DatabaseException(
          "the database can't be migrated as " + owner.user() + ": " + e.getMessage(), e);
    }
    if (!servicePassword.matches("[0-9a-f]{16,}")) {
      throw new DatabaseException("the service role's password has to be hexadecimal digits");
    }
    try (Connection connection =
            DriverManager.getConnection(owner.url(), owner.user(), owner.password());
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER ROLE " + SERVICE_ROLE + " LOGIN PASSWORD '" + servicePassword + "'");
    } catch (SQLException e) {
      throw new DatabaseException(
          "OVERREAD_DB_USER has to be able to create roles (CREATEROLE): " + e.getMessage(), e);
    }
  }
}
