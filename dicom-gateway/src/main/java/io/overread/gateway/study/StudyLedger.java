package io.overread.gateway.study;

import static io.overread.gateway.study.StudyEvent.FELL_QUIET;
import static io.overread.gateway.study.StudyEvent.INSTANCE_ARRIVED;
import static io.overread.gateway.study.StudyState.RECEIVING;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which studies there are and how far each has come. What it writes belongs to the transaction of
 * its caller. Whoever changes a study holds the lock on its row first, so that an arriving instance
 * and the closing of its study come one after the other.
 */
public final class StudyLedger {

  private final StudyTable table;

  /** A ledger over the given tables. */
  public StudyLedger(StudyTable table) {
    this.table = table;
  }

  /**
   * Notes a new instance: its study is created or received again, its series created.
   *
   * @return the keywords of the patient attributes in which it contradicts its study; the study
   *     keeps what its first instance said
   */
  public List<String> instanceArrived(StudyArrival arrival) {
    if (table.insertStudy(arrival)) {
      table.insertSeries(arrival);
      return List.of();
    }
    StudyTable.Locked study =
        table
            .lock(arrival.studyInstanceUid())
            .orElseThrow(() -> new IllegalStateException("a study vanished under its lock"));
    StudyState next =
        StudyLifeCycle.after(study.state(), INSTANCE_ARRIVED)
            .orElseThrow(() -> new IllegalStateException("no arrivals in state " + study.state()));
    List<String> conflicts = study.patient().conflictsWith(arrival.patient());
    table.updateStudy(arrival, next, !conflicts.isEmpty());
    table.insertSeries(arrival);
    return conflicts;
  }

  /**
   * Notes a result of ours that came back: it belongs to its study, which goes on as it was. No
   * revision begins with it, so that nothing is drafted from what was drafted before.
   */
  public void resultArrived(StudyArrival arrival) {
    table.insertStudy(arrival);
    table.insertSeries(arrival);
  }

  /**
   * Completes a study that has been quiet for long enough.
   *
   * @return the revision that this made, or empty when it isn't due
   */
  public Optional<CompleteStudy> close(String studyInstanceUid, Duration quiet, Instant now) {
    StudyTable.Locked study = table.lock(studyInstanceUid).orElse(null);
    if (study == null || now.isBefore(study.lastInstanceAt().plus(quiet))) {
      return Optional.empty();
    }
    return StudyLifeCycle.after(study.state(), FELL_QUIET)
        .filter(next -> StudyLifeCycle.makesRevision(study.state(), next))
        .map(next -> table.complete(studyInstanceUid, study.revision() + 1, now));
  }

  /**
   * When the study has to be looked at to close it, or empty when there is nothing to close. Holds
   * the study's lock until the transaction ends, so the answer stays true for as long.
   */
  public Optional<Instant> dueToClose(String studyInstanceUid, Duration quiet) {
    return table
        .lock(studyInstanceUid)
        .filter(study -> study.state() == RECEIVING)
        .map(study -> study.lastInstanceAt().plus(quiet));
  }

  /** The study, if it is known. */
  public Optional<Study> find(String studyInstanceUid) {
    return table.find(studyInstanceUid);
  }

  /** Its series, by Series Number. */
  public List<Series> series(String studyInstanceUid) {
    return table.series(studyInstanceUid);
  }

  /** A page of the worklist, the study that changed last first. */
  public List<Study> page(StudyQuery query) {
    return table.page(query);
  }
}
