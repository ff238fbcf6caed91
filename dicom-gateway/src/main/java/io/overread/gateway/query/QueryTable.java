package io.overread.gateway.query;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import io.overread.gateway.query.QueryAttribute.Matching;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds what is held, over {@code study}, {@code series} and {@code instance}. */
final class QueryTable {

  private static final String ORDER_OF_IMAGES =
      " order by r.series_number nulls last, r.series_instance_uid,"
          + " i.instance_number nulls last, i.sop_instance_uid";

  private final JdbcClient jdbc;
  private final String retrieveAeTitle;

  QueryTable(DataSource dataSource, String retrieveAeTitle) {
    this.jdbc = JdbcClient.create(dataSource);
    this.retrieveAeTitle = retrieveAeTitle;
  }

  /**
   * The matches of an identifier, each as the identifier of a response, PS3.4 C.4.1.1.3.2.
   *
   * @param patientRoot whether the model has a level PATIENT, whose key is then needed below it
   * @param limit how many at most
   * @throws RefusedException when a key is missing or malformed
   */
  List<DataSet> find(Identifier identifier, boolean patientRoot, int limit)
      throws RefusedException {
    QueryLevel level = identifier.level();
    for (QueryLevel above : QueryLevel.values()) {
      if (above.compareTo(level) < 0 && (patientRoot || above != QueryLevel.PATIENT)) {
        identifier.single(above);
      }
    }
    List<QueryAttribute> asked =
        QueryAttribute.ALL.stream()
            .filter(attribute -> attribute.level().compareTo(level) <= 0)
            .filter(
                attribute ->
                    identifier.keys().contains(attribute.tag())
                        || attribute.tag() == level.uniqueKey())
            .toList();
    StringBuilder conditions = new StringBuilder(" where true");
    List<Object> parameters = new ArrayList<>();
    for (QueryAttribute attribute : asked) {
      Condition.of(attribute, identifier.keys().strings(attribute.tag()))
          .ifPresent(
              condition -> {
                conditions.append(" and ").append(condition.sql());
                parameters.addAll(condition.parameters());
              });
    }
    parameters.add(limit);
    return jdbc.sql(select(level, asked) + from(level) + conditions + order(level) + " limit ?")
        .params(parameters)
        .query((row, _) -> match(row, level, asked))
        .list();
  }

  /**
   * The SOP Instance UIDs of what an identifier wants retrieved, PS3.4 C.4.2.1.4, in the order in
   * which a person would look at them.
   *
   * @throws RefusedException when a unique key is missing
   */
  List<String> instances(Identifier identifier) throws RefusedException {
    QueryLevel level = identifier.level();
    StringBuilder conditions = new StringBuilder(" where true");
    List<Object> parameters = new ArrayList<>();
    for (QueryAttribute attribute : QueryAttribute.ALL) {
      QueryLevel of = attribute.level();
      if (attribute.tag() != of.uniqueKey() || of.compareTo(level) > 0) {
        continue;
      }
      if (of == level) {
        identifier.wanted();
      } else if (of != QueryLevel.PATIENT) {
        identifier.single(of); // The Patient ID above is often left out, and adds nothing to UIDs.
      }
      List<String> values = identifier.values(of);
      if (!values.isEmpty()) {
        conditions.append(" and ").append(attribute.sql()).append(" = any (?)");
        parameters.add(values.toArray(String[]::new));
      }
    }
    return jdbc.sql(
            "select i.sop_instance_uid" + from(QueryLevel.IMAGE) + conditions + ORDER_OF_IMAGES)
        .params(parameters)
        .query(String.class)
        .list();
  }

  private static String select(QueryLevel level, List<QueryAttribute> asked) {
    String distinct =
        level == QueryLevel.PATIENT ? "distinct on (s.patient_id, s.issuer_of_patient_id) " : "";
    return "select "
        + distinct
        + String.join(", ", asked.stream().map(QueryAttribute::sql).toList())
        + ", "
        + availability(level)
        + " as availability";
  }

  private static String availability(QueryLevel level) {
    return switch (level) {
      case PATIENT -> InstanceAvailability.OF_PATIENT;
      case STUDY -> InstanceAvailability.OF_STUDY;
      case SERIES -> InstanceAvailability.OF_SERIES;
      case IMAGE -> InstanceAvailability.OF_INSTANCE;
    };
  }

  private static String from(QueryLevel level) {
    return switch (level) {
      case PATIENT -> " from (select * from study where patient_id is not null) s";
      case STUDY -> " from study s";
      case SERIES -> " from series r join study s using (study_instance_uid)";
      case IMAGE ->
          " from instance i join series r using (study_instance_uid, series_instance_uid)"
              + " join study s using (study_instance_uid)";
    };
  }

  private static String order(QueryLevel level) {
    return switch (level) {
      case PATIENT -> " order by s.patient_id, s.issuer_of_patient_id, s.last_instance_at desc";
      case STUDY -> " order by s.study_date desc nulls last, s.study_instance_uid";
      case SERIES -> " order by r.series_number nulls last, r.series_instance_uid";
      case IMAGE -> ORDER_OF_IMAGES;
    };
  }

  private DataSet match(ResultSet row, QueryLevel level, List<QueryAttribute> asked)
      throws SQLException {
    DataSet match = DataSet.withCharacterSet("ISO_IR 192");
    match.putString(Tag.QueryRetrieveLevel, level.name());
    match.putString(Tag.RetrieveAETitle, retrieveAeTitle);
    match.putString(Tag.InstanceAvailability, row.getString("availability"));
    for (int column = 0; column < asked.size(); column++) {
      put(match, asked.get(column), row.getString(column + 1));
    }
    return match;
  }

  private static void put(
      DataSet match, QueryAttribute attribute, @org.jspecify.annotations.Nullable String value) {
    if (value == null || value.isEmpty()) {
      match.putEmpty(attribute.tag());
      return;
    }
    boolean number = attribute.tag() == Tag.Rows || attribute.tag() == Tag.Columns;
    if (number) {
      match.putInteger(attribute.tag(), Vr.US, Long.parseLong(value));
    } else if (attribute.matching() == Matching.NAME) {
      match.putString(attribute.tag(), Vr.PN, value);
    } else {
      match.putString(attribute.tag(), value.split("\\\\"));
    }
  }
}
