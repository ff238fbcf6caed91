package io.overread.gateway.delivery;

import io.overread.gateway.instance.ResultFiles.Kept;
import io.overread.gateway.result.ReportToDeliver;
import io.overread.gateway.result.ReportToDeliver.Identity;
import io.overread.gateway.result.ResultIdentity;
import io.overread.gateway.result.ResultKind;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** The rows of {@code delivery_report} and {@code delivery_object}: what is, or was, delivered. */
public final class DeliveryObjects {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final JdbcClient jdbc;

  /** Over the tables of a database. */
  public DeliveryObjects(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
  }

  /**
   * Whether an object with this SOP Instance UID, or of this Series Instance UID, was made here.
   */
  public boolean areOurs(String sopInstanceUid, String seriesInstanceUid) {
    return jdbc.sql(
            "select exists (select from delivery_object"
                + " where sop_instance_uid = ? or series_instance_uid = ?)")
        .param(sopInstanceUid)
        .param(seriesInstanceUid)
        .query(Boolean.class)
        .single();
  }

  void insert(ReportToDeliver report, Instant now) {
    Identity identity = report.identity();
    jdbc.sql(
            """
            insert into delivery_report (report_id, report_version, study_instance_uid, event,
              content, created_at)
            values (:report, :version, :study, :event, :content, :now)
            """)
        .param("report", identity.reportId())
        .param("version", identity.version())
        .param("study", identity.studyInstanceUid())
        .param("event", identity.event().name())
        .param("content", JSON.writeValueAsString(report))
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  /** Adds an object of a version that is there; its bytes come later. */
  ResultIdentity insert(Identity report, ResultKind kind) {
    Integer signedBefore = signedBefore(report, kind);
    ResultIdentity object = ResultIdentity.of(report, kind, signedBefore);
    jdbc.sql(
            """
            insert into delivery_object (sop_instance_uid, series_instance_uid, report_id,
              report_version, kind, predecessor)
            values (:object, :series, :report, :version, :kind, :predecessor)
            """)
        .param("object", object.sopInstanceUid())
        .param("series", object.seriesInstanceUid())
        .param("report", report.reportId())
        .param("version", report.version())
        .param("kind", kind.name())
        .param("predecessor", object.predecessor())
        .update();
    return object;
  }

  private @Nullable Integer signedBefore(Identity report, ResultKind kind) {
    if (!report.event().isSigned()) {
      return null;
    }
    return jdbc.sql(
            """
            select o.report_version from delivery_object o
            join delivery_report r using (report_id, report_version)
            where o.report_id = ? and o.kind = ? and o.report_version < ? and r.event <> 'DRAFT'
            order by o.report_version desc limit 1
            """)
        .param(report.reportId())
        .param(kind.name())
        .param(report.version())
        .query(Integer.class)
        .optional()
        .orElse(null);
  }

  /** What an object is made from. */
  record Recipe(ReportToDeliver report, ResultIdentity identity, @Nullable String digest) {}

  Optional<Recipe> find(String sopInstanceUid) {
    return jdbc.sql(
            """
            select o.*, r.content from delivery_object o
            join delivery_report r using (report_id, report_version)
            where o.sop_instance_uid = ?
            """)
        .param(sopInstanceUid)
        .query(
            (row, number) ->
                new Recipe(
                    JSON.readValue(row.getString("content"), ReportToDeliver.class),
                    new ResultIdentity(
                        ResultKind.valueOf(row.getString("kind")),
                        row.getString("sop_instance_uid"),
                        row.getString("series_instance_uid"),
                        row.getString("predecessor")),
                    row.getString("digest")))
        .optional();
  }

  /** Notes the bytes of an object; once. */
  void built(String sopInstanceUid, Kept kept) {
    int rows =
        jdbc.sql(
                "update delivery_object set digest = ?, size_bytes = ?"
                    + " where sop_instance_uid = ? and digest is null")
            .param(kept.digest())
            .param(kept.sizeBytes())
            .param(sopInstanceUid)
            .update();
    if (rows != 1) {
      throw new IllegalStateException("object " + sopInstanceUid + " was made twice");
    }
  }
}
