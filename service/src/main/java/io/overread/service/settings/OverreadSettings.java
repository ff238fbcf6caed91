package io.overread.service.settings;

import io.overread.db.DatabaseSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * What the service itself reads; the modules have a record each.
 *
 * @param home data folder
 * @param adminPassword of the first user, or null to draw one
 * @param model folder of a model in the hub layout, or null for the shipped one
 * @param db the site's own database
 */
@Validated
@ConfigurationProperties("overread")
public record OverreadSettings(
    Path home, @Nullable String adminPassword, @Nullable Path model, Db db) {

  public OverreadSettings {
    adminPassword = blankToNull(adminPassword);
    model = model == null || model.toString().isBlank() ? null : model;
  }

  /** Where the database is, for the module that opens it. */
  public DatabaseSettings database() {
    return new DatabaseSettings(home, blankToNull(db.url), blankToNull(db.user), db.password);
  }

  private static @Nullable String blankToNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }

  /** Leaves the passwords out. */
  @Override
  public String toString() {
    return "OverreadSettings[home=" + home + ", model=" + model + "]";
  }

  /**
   * A PostgreSQL that the site runs itself.
   *
   * @param url JDBC address, empty for the embedded server
   * @param user role that may create tables and roles
   * @param password that role's password
   */
  public record Db(@Nullable String url, @Nullable String user, @Nullable String password) {
    @Override
    public String toString() {
      return "Db[" + url + "]";
    }
  }
}
