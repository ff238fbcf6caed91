package io.overread.gateway.priors;

import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Earlier studies of the same patient among those that are held, fetched or not. */
final class PriorTable {

  private static final int MOST = 100;

  private final JdbcClient jdbc;

  PriorTable(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
  }

  List<PriorStudy> of(String studyInstanceUid) {
    return jdbc.sql(
            """
            select p.study_instance_uid, p.study_date, p.study_description,
              array(select distinct r.modality from series r
                where r.study_instance_uid = p.study_instance_uid and r.modality is not null
                order by 1) as modalities,
              (select count(*) from instance i
                where i.study_instance_uid = p.study_instance_uid) as instance_count
            from study s join study p on p.patient_id = s.patient_id
              and p.issuer_of_patient_id is not distinct from s.issuer_of_patient_id
            where s.study_instance_uid = ? and p.study_instance_uid <> s.study_instance_uid
              and (p.study_date, coalesce(p.study_time, ''))
                < (s.study_date, coalesce(s.study_time, ''))
            order by p.study_date desc, p.study_time desc nulls last, p.study_instance_uid
            limit ?
            """)
        .param(studyInstanceUid)
        .param(MOST)
        .query(
            (row, _) ->
                new PriorStudy(
                    row.getString("study_instance_uid"),
                    row.getString("study_date"),
                    row.getString("study_description"),
                    List.of((String[]) row.getArray("modalities").getArray()),
                    row.getInt("instance_count")))
        .list();
  }
}
