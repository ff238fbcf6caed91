package io.overread.dicom.net.tls;

/** What became of an attempt to take over changed files. */
public sealed interface TlsReload {
  /** Nothing has changed since the last attempt. */
  record Unchanged() implements TlsReload {}

  /**
   * The new ones are in use.
   *
   * @param status of them
   */
  record Taken(TlsStatus status) implements TlsReload {}

  /**
   * The new ones are of no use; the old ones go on.
   *
   * @param status of the old ones, with the failure of the new ones
   */
  record Kept(TlsStatus status) implements TlsReload {}
}
