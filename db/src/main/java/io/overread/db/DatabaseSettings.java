package io.overread.db;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the database is.
 *
 * @param home the data folder; the embedded server and the secrets live inside it
 * @param url JDBC address of a PostgreSQL the site runs itself, or null for the embedded one
 * @param user a role that may create tables and roles there; null with the embedded server
 * @param password that role's password
 */
public record DatabaseSettings(
    Path home, @Nullable String url, @Nullable String user, @Nullable String password) {

  public DatabaseSettings {
    Objects.requireNonNull(home);
    if (url != null && !url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException(
          "OVERREAD_DB_URL has to start with jdbc:postgresql: (PostgreSQL is the only database)");
    }
    if (url != null && (user == null || password == null)) {
      throw new IllegalArgumentException(
          "OVERREAD_DB_URL is set: OVERREAD_DB_USER and OVERREAD_DB_PASSWORD have to be set too");
    }
  }

  /** Leaves the password out. */
  @Override
  public String toString() {
    return "DatabaseSettings[" + (url == null ? "embedded in " + home : url) + "]";
  }
}
