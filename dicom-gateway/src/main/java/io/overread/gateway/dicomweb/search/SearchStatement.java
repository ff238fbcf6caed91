package io.overread.gateway.dicomweb.search;

import io.overread.gateway.query.InstanceAvailability;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The statement of a search over {@code study}, {@code series} and {@code instance}. */
final class SearchStatement {

  private static final String COUNTS =
      """
      s.*,
      array(select distinct m.modality from series m
            where m.study_instance_uid = s.study_instance_uid and m.modality is not null
            order by 1) as modalities,
      (select count(*) from series c where c.study_instance_uid = s.study_instance_uid)
        as series_of_study,
      (select count(*) from instance c where c.study_instance_uid = s.study_instance_uid)
        as instances_of_study\
      """;

  private static final String SERIES =
      """
      , r.series_instance_uid, r.modality, r.body_part_examined, r.series_number,
      r.series_description, r.manufacturer, r.manufacturer_model_name,
      (select count(*) from instance c where c.study_instance_uid = r.study_instance_uid
         and c.series_instance_uid = r.series_instance_uid) as instances_of_series\
      """;

  private static final String INSTANCE =
      """
      , i.sop_instance_uid, i.sop_class_uid, i.transfer_syntax_uid, i.instance_number,
      i.number_of_frames, i.rows, i.columns\
      """;

  private final JdbcClient jdbc;

  SearchStatement(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
  }

  /** The results of a page, and one more if there are more. */
  List<SearchResult> run(SearchRequest request) {
    StringBuilder sql = new StringBuilder("select ").append(COUNTS);
    SearchLevel level = request.level();
    if (level != SearchLevel.STUDY) {
      sql.append(SERIES);
    }
    if (level == SearchLevel.INSTANCE) {
      sql.append(INSTANCE);
    }
    sql.append(", ").append(availability(level)).append(" as availability from study s");
    if (level != SearchLevel.STUDY) {
      sql.append(" join series r using (study_instance_uid)");
    }
    if (level == SearchLevel.INSTANCE) {
      sql.append(" join instance i using (study_instance_uid, series_instance_uid)");
    }
    List<Object> parameters = new ArrayList<>();
    where(request, sql, parameters);
    sql.append(order(level)).append(" limit ? offset ?");
    parameters.add(request.page().limit() + 1);
    parameters.add(request.page().offset());
    return jdbc.sql(sql.toString())
        .params(parameters)
        .query((row, number) -> SearchResult.of(row, request))
        .list();
  }

  private static void where(SearchRequest request, StringBuilder sql, List<Object> parameters) {
    sql.append(" where true");
    if (request.study() != null) {
      sql.append(" and s.study_instance_uid = ?");
      parameters.add(request.study());
    }
    if (request.series() != null) {
      sql.append(" and r.series_instance_uid = ?");
      parameters.add(request.series());
    }
    for (Match match : request.matches()) {
      if (!match.isUniversal()) {
        SearchCondition condition = SearchCondition.of(match);
        sql.append(" and ").append(condition.sql());
        parameters.addAll(condition.parameters());
      }
    }
  }

  private static String availability(SearchLevel level) {
    return switch (level) {
      case STUDY -> InstanceAvailability.OF_STUDY;
      case SERIES -> InstanceAvailability.OF_SERIES;
      case INSTANCE -> InstanceAvailability.OF_INSTANCE;
    };
  }

  /** The newest study first, and an order within, so that pages follow each other. */
  private static String order(SearchLevel level) {
    String studies = " order by s.study_date desc nulls last, s.study_instance_uid";
    String series = ", r.series_number nulls last, r.series_instance_uid";
    return switch (level) {
      case STUDY -> studies;
      case SERIES -> studies + series;
      case INSTANCE -> studies + series + ", i.instance_number nulls last, i.sop_instance_uid";
    };
  }
}
