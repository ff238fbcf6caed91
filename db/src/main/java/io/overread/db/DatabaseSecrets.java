package io.overread.db;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;

/**
 * The two passwords that Overread gives out itself, drawn once and kept in {@code
 * secrets/database.properties} of the data folder, readable by its owner alone.
 *
 * @param owner of the embedded server's owner role
 * @param service of the role {@code overread_service} that the running service connects as
 */
record DatabaseSecrets(String owner, String service) {

  static DatabaseSecrets in(Path home) {
    Path file = home.resolve("secrets").resolve("database.properties");
    try {
      return Files.exists(file) ? read(file) : draw(file);
    } catch (IOException e) {
      throw new UncheckedIOException("can't keep the database secrets in " + file, e);
    }
  }

  private static DatabaseSecrets read(Path file) throws IOException {
    Properties kept = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      kept.load(reader);
    }
    String owner = kept.getProperty("owner");
    String service = kept.getProperty("service");
    if (owner == null || service == null) {
      throw new DatabaseException(file + " lacks the entry owner or service");
    }
    return new DatabaseSecrets(owner, service);
  }

  private static DatabaseSecrets draw(Path file) throws IOException {
    DatabaseSecrets drawn = new DatabaseSecrets(secret(), secret());
    Properties kept = new Properties();
    kept.setProperty("owner", drawn.owner);
    kept.setProperty("service", drawn.service);
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException("no folder for " + file);
    }
    Files.createDirectories(folder, onlyOwner("rwx------"));
    Path partial = Files.createTempFile(folder, "database", ".partial", onlyOwner("rw-------"));
    try (Writer writer = Files.newBufferedWriter(partial)) {
      kept.store(writer, "Overread database roles");
    }
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    return drawn;
  }

  private static String secret() {
    byte[] bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  static FileAttribute<?>[] onlyOwner(String permissions) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  @Override
  public String toString() {
    return "DatabaseSecrets[hidden]";
  }
}
