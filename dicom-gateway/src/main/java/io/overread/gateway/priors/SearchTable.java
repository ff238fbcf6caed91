package io.overread.gateway.priors;

import io.overread.gateway.study.PatientAttributes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The statements over {@code prior_search} and {@code prior_study}. */
final class SearchTable {

  private final JdbcClient jdbc;

  SearchTable(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
  }

  /** A study whose priors are due. */
  record Current(
      String studyInstanceUid,
      PatientAttributes patient,
      @Nullable String studyDate,
      Set<String> modalities,
      Set<String> bodyParts,
      Instant requestedAt) {}

  /** Makes the search for a study's priors due; false when it was, or was done. */
  boolean insert(String studyInstanceUid, Instant at) {
    return jdbc.sql(
                "insert into prior_search (study_instance_uid, state, requested_at)"
                    + " values (?, 'DUE', ?) on conflict do nothing")
            .param(studyInstanceUid)
            .param(utc(at))
            .update()
        == 1;
  }

  Optional<Current> due(String studyInstanceUid) {
    return jdbc.sql(
            """
            select s.*, p.requested_at,
              array(select distinct r.modality from series r
                where r.study_instance_uid = s.study_instance_uid and r.modality is not null)
                as modalities,
              array(select distinct r.body_part_examined from series r
                where r.study_instance_uid = s.study_instance_uid
                  and r.body_part_examined is not null) as body_parts
            from prior_search p join study s using (study_instance_uid)
            where s.study_instance_uid = ? and p.state = 'DUE'
            """)
        .param(studyInstanceUid)
        .query(SearchTable::current)
        .optional();
  }

  void settle(String studyInstanceUid, String state, @Nullable String detail, Instant at) {
    jdbc.sql(
            "update prior_search set state = ?, detail = ?, settled_at = ?"
                + " where study_instance_uid = ? and state = 'DUE'")
        .param(state)
        .param(detail)
        .param(utc(at))
        .param(studyInstanceUid)
        .update();
  }

  boolean isHeld(String studyInstanceUid) {
    return jdbc.sql("select exists (select from study where study_instance_uid = ?)")
        .param(studyInstanceUid)
        .query(Boolean.class)
        .single();
  }

  /** How far a prior has come: FOUND, FETCHED or FAILED; empty where it is none. */
  Optional<String> priorState(String priorStudyInstanceUid) {
    return jdbc.sql("select state from prior_study where prior_study_instance_uid = ?")
        .param(priorStudyInstanceUid)
        .query(String.class)
        .optional();
  }

  void found(String prior, String studyInstanceUid, PriorSource source, Instant at) {
    jdbc.sql(
            "insert into prior_study (prior_study_instance_uid, study_instance_uid, archive,"
                + " calling_ae_title, state, found_at) values (?, ?, ?, ?, 'FOUND', ?)"
                + " on conflict do nothing")
        .param(prior)
        .param(studyInstanceUid)
        .param(source.name())
        .param(source.callingAeTitle())
        .param(utc(at))
        .update();
  }

  void settlePrior(String prior, String state, Instant at) {
    jdbc.sql("update prior_study set state = ?, settled_at = ? where prior_study_instance_uid = ?")
        .param(state)
        .param(utc(at))
        .param(prior)
        .update();
  }

  /** Whether a study was fetched as a prior, and nothing of it came otherwise. */
  boolean isPrior(String studyInstanceUid) {
    return jdbc.sql(
            """
            select exists (select from prior_study p where p.prior_study_instance_uid = ?
              and not exists (select from instance i
                where i.study_instance_uid = p.prior_study_instance_uid
                  and i.calling_ae_title <> p.calling_ae_title))
            """)
        .param(studyInstanceUid)
        .query(Boolean.class)
        .single();
  }

  private static Current current(ResultSet row, int number) throws SQLException {
    return new Current(
        row.getString("study_instance_uid"),
        new PatientAttributes(
            row.getString("patient_id"),
            row.getString("issuer_of_patient_id"),
            row.getString("patient_name"),
            row.getString("patient_birth_date"),
            row.getString("patient_sex")),
        row.getString("study_date"),
        strings(row, "modalities"),
        strings(row, "body_parts"),
        row.getObject("requested_at", OffsetDateTime.class).toInstant());
  }

  private static Set<String> strings(ResultSet row, String column) throws SQLException {
    return Stream.of((String[]) row.getArray(column).getArray())
        .map(value -> value.toUpperCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }

  private static OffsetDateTime utc(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }
}
