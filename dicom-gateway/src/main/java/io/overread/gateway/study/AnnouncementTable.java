package io.overread.gateway.study;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The statements over {@code study_announcement}. */
final class AnnouncementTable {

  private final JdbcClient jdbc;

  AnnouncementTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Whether a study that is being received is there to be judged anew; its row is locked then. */
  boolean keep(StudySignal signal, StudyAnnouncements.Announcement announcement, Instant now) {
    jdbc.sql(
            """
            insert into study_announcement (study_instance_uid, announcement_key, kind,
              calling_ae_title, sop_instance_uids, received_at)
            values (:study, :key, :kind, :ae, :instances, :at)
            on conflict (study_instance_uid, announcement_key) do update set
              kind = excluded.kind, calling_ae_title = excluded.calling_ae_title,
              sop_instance_uids = excluded.sop_instance_uids, received_at = excluded.received_at
            """)
        .param("study", signal.studyInstanceUid())
        .param("key", announcement.key())
        .param("kind", announcement.kind().name())
        .param("ae", signal.callingAeTitle())
        .param("instances", announcement.sopInstanceUids().toArray(String[]::new))
        .param("at", now.atOffset(ZoneOffset.UTC))
        .update();
    return jdbc.sql(
            """
            update study set announced = true where study_instance_uid = ?
            returning state = 'RECEIVING'
            """)
        .param(signal.studyInstanceUid())
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }

  /**
   * All that was said of a study, held against the instances that are here. A procedure step of
   * several studies names the instances of all of them, so those count that any study has.
   */
  Announcements of(String studyInstanceUid) {
    return jdbc.sql(
            """
            with named as (
              select distinct unnest(sop_instance_uids) as uid
              from study_announcement where study_instance_uid = :study),
            here as (
              select sop_instance_uid as uid, study_revision
              from instance where study_instance_uid = :study)
            select
              (select count(*) from named) as named,
              (select count(*) from named where not exists
                (select from instance where sop_instance_uid = named.uid)) as missing,
              (select count(*) from here
                where study_revision is null and uid not in (select uid from named)) as unnamed,
              (select bool_or(kind = 'STEP_DISCONTINUED')
                from study_announcement where study_instance_uid = :study) as broken_off,
              (select kind || ' ' || calling_ae_title from study_announcement
                where study_instance_uid = :study order by received_at desc limit 1) as by
            """)
        .param("study", studyInstanceUid)
        .query(AnnouncementTable::announcements)
        .single();
  }

  private static Announcements announcements(ResultSet row, int number) throws SQLException {
    String last = row.getString("by");
    if (last == null) {
      return Announcements.NONE;
    }
    String[] by = last.split(" ", 2);
    return new Announcements(
        row.getInt("named"),
        row.getInt("missing"),
        row.getInt("unnamed"),
        row.getBoolean("broken_off"),
        "the " + SignalKind.valueOf(by[0]).words() + " of " + by[1]);
  }
}
