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
  boolean keep(StudyAnnouncement announcement, Instant now) {
    jdbc.sql(
            """
            insert into study_announcement (study_instance_uid, announcement_uid, kind,
              calling_ae_title, sop_instance_uids, received_at)
            values (:study, :uid, :kind, :ae, :instances, :at)
            on conflict (study_instance_uid, announcement_uid) do update set
              kind = excluded.kind, calling_ae_title = excluded.calling_ae_title,
              sop_instance_uids = excluded.sop_instance_uids, received_at = excluded.received_at
            """)
        .param("study", announcement.studyInstanceUid())
        .param("uid", announcement.announcementUid())
        .param("kind", announcement.kind().name())
        .param("ae", announcement.callingAeTitle())
        .param("instances", announcement.sopInstanceUids().toArray(String[]::new))
        .param("at", now.atOffset(ZoneOffset.UTC))
        .update();
    return jdbc.sql(
            """
            update study set announced = true where study_instance_uid = ?
            returning state = 'RECEIVING'
            """)
        .param(announcement.studyInstanceUid())
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }

  /** All that was said of a study, held against the instances that are here. */
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
              (select count(*) from named where uid not in (select uid from here)) as missing,
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
        "the " + StudyAnnouncement.Kind.valueOf(by[0]).words() + " of " + by[1]);
  }
}
