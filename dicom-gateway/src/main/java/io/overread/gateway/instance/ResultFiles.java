package io.overread.gateway.instance;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DicomFile;
import io.overread.dicom.data.FileMeta;
import io.overread.dicom.data.TransferSyntax;
import io.overread.dicom.dictionary.Tag;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The objects that this product made, in the data folder under {@code results}. */
public final class ResultFiles {

  private static final TransferSyntax WRITTEN_IN = TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;

  private final DataFolder folder;

  /** In this data folder. */
  public ResultFiles(DataFolder folder) {
    this.folder = folder;
  }

  /**
   * A kept object.
   *
   * @param digest SHA-256 of the file, hex; the file's name is made from it
   */
  public record Kept(String digest, long sizeBytes) {}

  /** Writes an object; when this returns, it is durable under its name. */
  public Kept keep(DataSet object) throws IOException {
    Path file = Files.createTempFile(folder.incoming(), "", Leavings.PART);
    try {
      MessageDigest digest = sha256();
      write(object, file, digest);
      Kept kept = new Kept(HexFormat.of().formatHex(digest.digest()), Files.size(file));
      folder.moveInto(file, StoredPath.inResults(kept.digest()));
      return kept;
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** Where an object with this digest lies. */
  public Path path(String digest) {
    return folder.resolve(StoredPath.inResults(digest));
  }

  /** Whether its bytes are still those that were written. */
  public boolean isWhole(String digest) throws IOException {
    Path file = path(digest);
    if (!Files.exists(file)) {
      return false;
    }
    MessageDigest read = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), read)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(read.digest()).equals(digest);
  }

  private static void write(DataSet object, Path file, MessageDigest digest) throws IOException {
    FileMeta meta =
        FileMeta.of(
            object.string(Tag.SOPClassUID).orElseThrow(),
            object.string(Tag.SOPInstanceUID).orElseThrow(),
            WRITTEN_IN.uid());
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      OutputStream out =
          new BufferedOutputStream(
              new DigestOutputStream(Channels.newOutputStream(channel), digest), 64 * 1024);
      DicomFile.write(out, meta, object);
      out.flush();
      channel.force(true);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
