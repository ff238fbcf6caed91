package io.overread.gateway.instance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * An instance whose row is committed, and whose bytes are on disk until retention deletes them.
 *
 * @param sopInstanceUid SOP Instance UID (0008,0018), its key
 * @param image what its header says of its pixels
 * @param file where its bytes are
 * @param reception how it came
 */
public record StoredInstance(
    String sopInstanceUid,
    String seriesInstanceUid,
    String studyInstanceUid,
    ImageHeader image,
    StoredFile file,
    Reception reception) {

  /** What a header and the request before it say of a file that is new here. */
  static StoredInstance of(InstanceHeader header, Arrival arrival, StoredFile file) {
    return new StoredInstance(
        header.sopInstanceUid(),
        header.arrival().seriesInstanceUid(),
        header.arrival().studyInstanceUid(),
        header.image(),
        file,
        new Reception(arrival.callingAeTitle(), header.arrival().at(), null));
  }

  /**
   * The format of an instance.
   *
   * @param transferSyntaxUid the transfer syntax of the file's data set, as received
   * @param instanceNumber Instance Number (0020,0013)
   * @param numberOfFrames Number of Frames (0028,0008); 1 for a single image, 0 without pixels
   */
  public record ImageHeader(
      String sopClassUid,
      String transferSyntaxUid,
      @Nullable Integer instanceNumber,
      int numberOfFrames,
      @Nullable Integer rows,
      @Nullable Integer columns) {}

  /**
   * A DICOM file (PS3.10) in the data folder.
   *
   * @param path absolute; made from the file's digest
   * @param fileDigest SHA-256 of the file, hex
   * @param dataSetDigest SHA-256 of the data set's bytes as they came over the wire, hex
   * @param sizeBytes the size of the whole file
   * @param deletedAt since when retention has deleted it; null while it has not
   */
  public record StoredFile(
      Path path,
      String fileDigest,
      String dataSetDigest,
      long sizeBytes,
      @Nullable Instant deletedAt) {

    /** A file that is there. */
    public StoredFile(Path path, String fileDigest, String dataSetDigest, long sizeBytes) {
      this(path, fileDigest, dataSetDigest, sizeBytes, null);
    }
  }

  /**
   * How an instance came.
   *
   * @param studyRevision the first revision of the study that holds it; null until that is complete
   */
  public record Reception(
      String callingAeTitle, Instant receivedAt, @Nullable Integer studyRevision) {}

  /** The same with another file of the same data set. */
  StoredInstance withFile(StoredFile other) {
    return new StoredInstance(
        sopInstanceUid, seriesInstanceUid, studyInstanceUid, image, other, reception);
  }

  /** The absolute path of the DICOM file. */
  public Path path() {
    return file.path();
  }

  /** What whoever asks for images that retention deleted is told. */
  public static String deletedWords(Instant at) {
    return "The images were deleted by retention on "
        + at.atOffset(ZoneOffset.UTC).toLocalDate()
        + ".";
  }

  /** Whether its file can be read; one that retention has marked counts as gone. */
  public boolean isHere() {
    return file.deletedAt() == null && Files.exists(file.path());
  }

  /** The transfer syntax of the file's data set. */
  public String transferSyntaxUid() {
    return image.transferSyntaxUid();
  }

  /** SOP Class UID (0008,0016). */
  public String sopClassUid() {
    return image.sopClassUid();
  }

  /** How many frames there are: 1 for a single image, 0 for an object without pixels. */
  public int numberOfFrames() {
    return image.numberOfFrames();
  }
}
