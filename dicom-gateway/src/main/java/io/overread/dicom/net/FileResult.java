package io.overread.dicom.net;

import java.nio.file.Path;

/** What became of a file that was to be sent. */
public sealed interface FileResult {
  /** The file. */
  Path file();

  /**
   * The peer answered.
   *
   * @param file the file
   * @param sopInstanceUid its instance
   * @param response stored, or why not: see {@link DimseStatus#isDone}
   */
  record Answered(Path file, String sopInstanceUid, StoreResponse response) implements FileResult {}

  /**
   * The file was not sent, or not answered.
   *
   * @param file the file
   * @param cause where it failed
   * @param detail what happened
   */
  record NotSent(Path file, Cause cause, String detail) implements FileResult {}

  /** Why a file was not sent. */
  enum Cause {
    /** It is no readable DICOM file, or one that no conforming message can carry. Fatal. */
    UNREADABLE,
    /** The peer does not take its SOP Class in its transfer syntax. Fatal. */
    CONTEXT_NOT_ACCEPTED,
    /** The peer refused the association, permanently. Fatal. */
    ASSOCIATION_REFUSED,
    /** The peer could not be reached, is busy, or the association ended meanwhile. Retryable. */
    ASSOCIATION_FAILED
  }
}
