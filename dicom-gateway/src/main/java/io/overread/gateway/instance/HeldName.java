package io.overread.gateway.instance;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The name of a file in {@code store/incoming} that was received whole and has no row yet. It says
 * what the bytes of the file don't, so that name and bytes together are all that its row and its
 * audit entry are made of.
 *
 * @param receivedAt to the microsecond
 * @param checksum of the whole file; tells whether the bytes are those received
 * @param callingAeTitle as {@link Arrival} holds it
 * @param remoteAddress as {@link Arrival} holds it
 * @param user who sent it over HTTP; null for a peer of DICOM
 */
record HeldName(
    Instant receivedAt,
    long checksum,
    String callingAeTitle,
    String remoteAddress,
    @Nullable String user) {

  private static final String SUFFIX = ".held";
  private static final int FORM = 2;

  static HeldName of(Arrival arrival, long checksum, Instant receivedAt) {
    Arrival.OverHttp overHttp = arrival.overHttp();
    return new HeldName(
        receivedAt,
        checksum,
        arrival.callingAeTitle(),
        arrival.remoteAddress(),
        overHttp == null ? null : overHttp.user());
  }

  /**
   * Base64 for file names (RFC 4648 5) of all of it. With an AE title of 16 UTF-16 units and an
   * address of 64 characters it has some 170 characters, with a user of 64, who has a short AE
   * title, some 200; file systems take 255.
   */
  String fileName() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(160);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORM);
      out.writeLong(ChronoUnit.MICROS.between(Instant.EPOCH, receivedAt));
      out.writeLong(checksum);
      out.writeUTF(callingAeTitle);
      out.writeUTF(remoteAddress);
      if (user != null) {
        out.writeUTF(user);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray()) + SUFFIX;
  }

  /** What a file name says, or empty where it is none of these. */
  static Optional<HeldName> parse(String fileName) {
    if (!fileName.endsWith(SUFFIX)) {
      return Optional.empty();
    }
    String text = fileName.substring(0, fileName.length() - SUFFIX.length());
    try (DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(Base64.getUrlDecoder().decode(text)))) {
      if (in.readByte() != FORM) {
        return Optional.empty();
      }
      Instant receivedAt = Instant.EPOCH.plus(in.readLong(), ChronoUnit.MICROS);
      long checksum = in.readLong();
      String callingAeTitle = in.readUTF();
      String remoteAddress = in.readUTF();
      String user = in.available() > 0 ? in.readUTF() : null;
      return Optional.of(new HeldName(receivedAt, checksum, callingAeTitle, remoteAddress, user));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
