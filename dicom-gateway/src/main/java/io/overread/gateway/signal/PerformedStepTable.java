package io.overread.gateway.signal;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The statements over {@code performed_step}. */
final class PerformedStepTable {

  private final JdbcClient jdbc;

  PerformedStepTable(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
  }

  /** A step; its status is the value of Performed Procedure Step Status (0040,0252). */
  record Step(List<String> studyInstanceUids, String status) {}

  /** Whether it was new. */
  boolean insert(
      String sopInstanceUid, String callingAeTitle, List<String> studyInstanceUids, Instant at) {
    return jdbc.sql(
                "insert into performed_step (sop_instance_uid, calling_ae_title,"
                    + " study_instance_uids, status, created_at)"
                    + " values (?, ?, ?, 'IN PROGRESS', ?) on conflict do nothing")
            .param(sopInstanceUid)
            .param(callingAeTitle)
            .param(studyInstanceUids.toArray(String[]::new))
            .param(at.atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  /** Locks the step's row until the transaction ends. */
  Optional<Step> lock(String sopInstanceUid) {
    return jdbc.sql(
            "select study_instance_uids, status from performed_step"
                + " where sop_instance_uid = ? for update")
        .param(sopInstanceUid)
        .query(
            (row, _) ->
                new Step(
                    List.of((String[]) row.getArray("study_instance_uids").getArray()),
                    row.getString("status")))
        .optional();
  }

  void end(String sopInstanceUid, String status, Instant at) {
    jdbc.sql("update performed_step set status = ?, ended_at = ? where sop_instance_uid = ?")
        .param(status)
        .param(at.atOffset(ZoneOffset.UTC))
        .param(sopInstanceUid)
        .update();
  }
}
