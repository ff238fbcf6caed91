package io.overread.gateway.study;

import static io.overread.gateway.study.StudyEvent.CLOSED;
import static io.overread.gateway.study.StudyEvent.INSTANCE_ARRIVED;
import static io.overread.gateway.study.StudyState.RECEIVING;

import io.overread.gateway.study.StudyCompleteness.Verdict;
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

  /** Notes a new instance: its study is created or received again, its series created. */
  public ArrivedInstance instanceArrived(StudyArrival arrival) {
    boolean isNew = table.insertStudy(arrival);
    StudyTable.Locked study =
        table
            .lock(arrival.studyInstanceUid())
            .orElseThrow(() -> new IllegalStateException("a study vanished under its lock"));
    List<String> conflicts = List.of();
    boolean again = study.state() != RECEIVING;
    if (!isNew) {
      StudyState next =
          StudyLifeCycle.after(study.state(), INSTANCE_ARRIVED)
              .orElseThrow(() -> new IllegalStateException("no arrivals in " + study.state()));
      conflicts = study.patient().conflictsWith(arrival.patient());
      table.updateStudy(arrival, next, !conflicts.isEmpty());
    }
    table.insertSeries(arrival);
    return new ArrivedInstance(
        arrival.studyInstanceUid(),
        conflicts,
        arrival.series().modality(),
        arrival.at(),
        again ? arrival.at() : study.revisionStartedAt(),
        study.announced());
  }

  /**
   * Notes a result of ours that came back: it belongs to its study, which goes on as it was. No
   * revision begins with it, so that nothing is drafted from what was drafted before.
   */
  public void resultArrived(StudyArrival arrival) {
    table.insertStudy(arrival);
    table.insertSeries(arrival);
  }

  /** Notes that images are here again which retention had deleted; the study goes on as it was. */
  public void imagesRestored(String studyInstanceUid, Instant at) {
    table.imagesRestored(studyInstanceUid, at);
  }

  /**
   * Closes a study if it is due by what is known of it.
   *
   * @return the revision that this made, or empty when it isn't due
   */
  Optional<CompleteStudy> close(
      String studyInstanceUid, StudyCompleteness completeness, Instant now) {
    StudyTable.Locked study = table.lock(studyInstanceUid).orElse(null);
    if (study == null || study.state() != RECEIVING) {
      return Optional.empty();
    }
    return switch (completeness.judge(received(studyInstanceUid, study), now)) {
      case Verdict.Wait wait -> Optional.empty();
      case Verdict.Close close ->
          StudyLifeCycle.after(study.state(), CLOSED)
              .filter(next -> StudyLifeCycle.makesRevision(study.state(), next))
              .map(next -> table.complete(studyInstanceUid, study.revision() + 1, close, now));
    };
  }

  /**
   * When the study has to be looked at to close it, or empty when there is nothing to close. Holds
   * the study's lock until the transaction ends, so the answer stays true for as long.
   */
  Optional<Instant> dueToClose(
      String studyInstanceUid, StudyCompleteness completeness, Instant now) {
    return table
        .lock(studyInstanceUid)
        .filter(study -> study.state() == RECEIVING)
        .map(
            study ->
                switch (completeness.judge(received(studyInstanceUid, study), now)) {
                  case Verdict.Wait(Instant until) -> until;
                  case Verdict.Close close -> now;
                });
  }

  private StudyCompleteness.Received received(String uid, StudyTable.Locked locked) {
    return new StudyCompleteness.Received(
        table.find(uid).orElseThrow(),
        table.series(uid),
        locked.revisionStartedAt(),
        table.announcements().of(uid));
  }

  /**
   * Notes what a peer said of a study, whether the study is known yet or not. Belongs to the
   * transaction of its caller.
   *
   * @return whether the study is being received, so that it has to be judged anew
   */
  boolean announced(StudySignal signal, StudyAnnouncements.Announcement announcement, Instant now) {
    return table.announcements().keep(signal, announcement, now);
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
