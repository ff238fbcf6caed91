package io.overread.reporting.review;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Takes the unsigned drafts of earlier revisions of a study off the desk. */
public final class Supersession {
  private final JdbcClient jdbc;
  private final Reports reports;
  private final ReviewTable table;

  /** Over the tables of this client. */
  public Supersession(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.reports = new Reports(jdbc);
    this.table = new ReviewTable(jdbc);
  }

  /**
   * Supersedes, as far as the life cycle allows, every report on the study but the one on its
   * newest revision. Must run in the transaction that writes a new draft.
   *
   * @return the reports that are superseded now
   */
  public List<UUID> ofEarlierRevisions(String studyInstanceUid, Instant now) {
    var superseded = new ArrayList<UUID>();
    for (var id : earlier(studyInstanceUid)) {
      var report = reports.lock(id).orElseThrow();
      ReviewLifeCycle.next(report.standing().state(), ReviewAction.SUPERSEDE)
          .ifPresent(
              to -> {
                table.change(
                    report,
                    to,
                    report.texts().current(),
                    "service",
                    now.truncatedTo(ChronoUnit.MICROS));
                superseded.add(id);
              });
    }
    return List.copyOf(superseded);
  }

  private List<UUID> earlier(String studyInstanceUid) {
    return jdbc.sql(
            """
            select id from report where study_instance_uid = :study
            order by study_revision desc offset 1
            """)
        .param("study", studyInstanceUid)
        .query(UUID.class)
        .list();
  }
}
