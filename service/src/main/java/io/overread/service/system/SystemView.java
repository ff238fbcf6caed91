package io.overread.service.system;

import io.overread.gateway.capacity.CapacityProperties;
import io.overread.gateway.capacity.Intake;
import io.overread.gateway.capacity.Load;
import io.overread.gateway.tls.CertificateWatch;
import io.overread.gateway.tls.CertificateWatch.Certificate;
import java.time.Instant;
import java.util.List;

/**
 * The state of the service.
 *
 * @param intake whether peers may send
 * @param disk the data folder's disk, in bytes
 * @param unwritten what is acknowledged and waits for its row
 * @param drafts complete studies that wait for their drafts
 * @param certificates those of DICOM over TLS; empty where there is none
 */
record SystemView(
    IntakeView intake,
    Disk disk,
    Unwritten unwritten,
    Drafts drafts,
    List<Certificate> certificates) {

  static SystemView of(
      Intake intake, Load load, CapacityProperties marks, CertificateWatch certificates) {
    return new SystemView(
        new IntakeView(
            intake.isPaused(), intake.reasons().stream().sorted().toList(), intake.since()),
        new Disk(
            load.freeBytes(),
            load.totalBytes(),
            Math.max(
                marks.disk().pauseBelow().toBytes(),
                load.totalBytes() / 100 * marks.disk().pauseBelowPercent()),
            Math.max(
                marks.disk().resumeAbove().toBytes(),
                load.totalBytes() / 100 * marks.disk().resumeAbovePercent())),
        new Unwritten(
            load.backlog().instances(),
            load.backlog().bytes(),
            load.backlog().failing(),
            marks.queue().pauseAbove().toBytes(),
            marks.queue().resumeBelow().toBytes()),
        new Drafts(
            load.waitingStudies(),
            marks.queue().pauseAboveStudies(),
            marks.queue().resumeBelowStudies()),
        certificates.certificates());
  }

  /** Paused: associations are refused for the moment, C-STORE is answered A700. */
  record IntakeView(boolean paused, List<Intake.Reason> reasons, Instant since) {}

  record Disk(long freeBytes, long totalBytes, long pauseBelow, long resumeAbove) {}

  record Unwritten(
      int instances, long bytes, boolean databaseFails, long pauseAbove, long resumeBelow) {}

  record Drafts(int waitingStudies, int pauseAbove, int resumeBelow) {}
}
