package io.overread.vlm.model;

import io.overread.vlm.failure.ModelFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Names and digests of a model's files. */
final class ModelFiles {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");
  private static final int BUFFER = 1 << 18;

  private ModelFiles() {}

  /**
   * A path below the folder. A name that a file states may only consist of plain segments: nothing
   * leads out of the folder.
   */
  static Path resolve(Path folder, String name, String statedBy) {
    Path path = folder;
    String[] segments = name.split("/", -1);
    for (String segment : segments) {
      if (segments.length > 8 || !NAME.matcher(segment).matches()) {
        throw new ModelFormatException(statedBy, "no acceptable file name: " + printable(name));
      }
      path = path.resolve(segment);
    }
    return path;
  }

  /** SHA-256 of a file, in hex. */
  static String sha256(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return sha256(in);
    } catch (IOException e) {
      throw new ModelFormatException(
          String.valueOf(file.getFileName()), "cannot be read: " + e.getMessage(), e);
    }
  }

  static String sha256(InputStream in) throws IOException {
    MessageDigest digest = sha256();
    byte[] buffer = new byte[BUFFER];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      digest.update(buffer, 0, n);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  /** SHA-256 of the lines that {@code sha256sum} would print, sorted by path. */
  static String combined(Map<String, String> digests) {
    SortedMap<String, String> sorted = new TreeMap<>(digests);
    StringBuilder lines = new StringBuilder();
    sorted.forEach((path, digest) -> lines.append(digest).append("  ").append(path).append('\n'));
    return sha256(lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String printable(String name) {
    String cut = name.length() > 100 ? name.substring(0, 100) + "..." : name;
    return cut.replaceAll("[^\\x20-\\x7e]", "?");
  }
}
