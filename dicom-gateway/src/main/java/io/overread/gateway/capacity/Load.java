package io.overread.gateway.capacity;

import io.overread.gateway.instance.Backlog;

/**
 * What decides whether more is taken in.
 *
 * @param freeBytes on the data folder's disk
 * @param totalBytes of that disk
 * @param backlog what is durable and has no row yet
 * @param waitingStudies complete studies that wait for their drafts
 */
public record Load(long freeBytes, long totalBytes, Backlog backlog, int waitingStudies) {

  /** Free space in percent of the disk. */
  public double freePercent() {
    return totalBytes == 0 ? 0 : 100.0 * freeBytes / totalBytes;
  }
}
