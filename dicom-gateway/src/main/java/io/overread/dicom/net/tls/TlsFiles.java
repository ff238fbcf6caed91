package io.overread.dicom.net.tls;

import io.overread.dicom.net.pdu.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where our key, our certificate and the certificates that we trust are kept.
 *
 * @param key a PKCS #12 file with key and certificates, or a PEM file with the key (PKCS #8)
 * @param certificate a PEM file with our certificate and those that issued it, ours first; null
 *     where {@code key} holds them
 * @param trust a PEM or PKCS #12 file with what we trust: issuers, or certificates of peers
 * @param password of the key and of PKCS #12 files; null for none
 */
public record TlsFiles(
    Path key, @Nullable Path certificate, Path trust, @Nullable String password) {
  private static final long LONGEST_FILE = 1 << 20;

  /** What the files held when they were read. */
  record Content(Bytes key, Bytes certificate, Bytes trust) {}

  Content read() throws IOException {
    Bytes keyBytes = read(key);
    return new Content(keyBytes, certificate == null ? keyBytes : read(certificate), read(trust));
  }

  private static Bytes read(Path file) throws IOException {
    if (Files.size(file) > LONGEST_FILE) {
      throw new IOException(file + " is too long for a file of keys or certificates");
    }
    return Bytes.of(Files.readAllBytes(file));
  }

  /** Where they are, without the password. */
  @Override
  public String toString() {
    List<Path> files = new ArrayList<>(List.of(key));
    if (certificate != null) {
      files.add(certificate);
    }
    files.add(trust);
    return files.toString();
  }
}
