package io.overread.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {
  @TempDir Path home;

  @Test
  void keeps_its_data_over_a_restart_and_lets_nobody_in_without_a_password() throws Exception {
    String url;
    try (Database database = Database.open(new DatabaseSettings(home, null, null, null));
        var connection = database.serviceDataSource().getConnection();
        var statement = connection.createStatement()) {
      url = connection.getMetaData().getURL();
      statement.execute(
          "INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version)"
              + " VALUES ('a', 'b', now(), false, 1)");
      assertThatThrownBy(() -> DriverManager.getConnection(url, "postgres", "postgres").close())
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
    }
    try (Database database = Database.open(new DatabaseSettings(home, null, null, null));
        var connection = database.serviceDataSource().getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT count(*) FROM scheduled_tasks")) {
      rows.next();
      assertThat(rows.getInt(1)).isEqualTo(1);
    }
    assertThat(Files.getPosixFilePermissions(home.resolve("secrets/database.properties")))
        .hasSize(2);
  }

  @Test
  void a_second_service_on_the_same_folder_is_refused_and_a_reading_command_is_not()
      throws Exception {
    DatabaseSettings settings = new DatabaseSettings(home, null, null, null);
    assertThatThrownBy(() -> Database.read(settings, connection -> 1))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("no database");
    try (Database database = Database.open(settings)) {
      assertThatThrownBy(() -> Database.open(settings).close())
          .isInstanceOf(DatabaseException.class)
          .hasMessageContaining("another Overread");
      assertThat(Database.read(settings, EmbeddedDatabaseTest::entries)).isZero();
      try (var connection = database.serviceDataSource().getConnection()) {
        assertThat(connection.isValid(1)).isTrue();
      }
    }
    assertThat(Database.read(settings, EmbeddedDatabaseTest::entries)).isZero();
  }

  private static long entries(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT count(*) FROM audit_entry")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Test
  void the_service_role_may_add_to_the_audit_chain_but_not_change_it() throws Exception {
    try (TestDatabase database = TestDatabase.create();
        var connection = database.serviceDataSource().getConnection();
        var statement = connection.createStatement()) {
      for (String forbidden :
          new String[] {
            "UPDATE audit_entry SET actor = 'x'",
            "DELETE FROM audit_entry",
            "TRUNCATE audit_entry",
            "DROP TABLE audit_entry",
            "ALTER TABLE audit_entry ADD COLUMN x text",
            "CREATE TABLE mine (x int)"
          }) {
        assertThatThrownBy(() -> statement.execute(forbidden))
            .as(forbidden)
            .isInstanceOf(SQLException.class)
            .satisfies(
                e -> assertThat(((SQLException) e).getSQLState()).as(forbidden).isEqualTo("42501"));
      }
    }
  }
}
