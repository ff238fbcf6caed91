package io.overread.reporting.fhir;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.DomainResource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the resources of one type from our tables. */
final class ResourceTable<R extends DomainResource> {
  private final JdbcClient jdbc;
  private final ServedType<R> type;

  ResourceTable(JdbcClient jdbc, ServedType<R> type) {
    this.jdbc = jdbc;
    this.type = type;
  }

  /**
   * A resource and the study it tells about.
   *
   * @param resource the resource
   * @param studyInstanceUid null where it is about none, or about several
   */
  record Hit<R>(R resource, @Nullable String studyInstanceUid) {}

  ServedType<R> type() {
    return type;
  }

  Optional<Hit<R>> find(String id) {
    return query("id = ?", List.of(id)).stream().findFirst();
  }

  List<R> findAll(Collection<String> ids) {
    return query("id = any(?)", List.of((Object) ids.toArray(String[]::new))).stream()
        .map(Hit::resource)
        .toList();
  }

  /** One page of what matches, the newest first. */
  List<Hit<R>> search(SearchRequest request) {
    var values = new ArrayList<>(request.condition().values());
    values.add(request.count());
    values.add(request.offset());
    return query(
        request.condition().sql() + " order by last_updated desc, id limit ? offset ?", values);
  }

  int count(SearchRequest request) {
    return jdbc.sql(
            "select count(*) from (" + type.rows() + ") r where " + request.condition().sql())
        .params(request.condition().values())
        .query(Integer.class)
        .single();
  }

  private List<Hit<R>> query(String condition, List<Object> values) {
    return jdbc.sql("select * from (" + type.rows() + ") r where " + condition)
        .params(values)
        .query(
            (row, number) -> {
              R resource = type.render().mapRow(row, number);
              if (resource == null) {
                throw new IllegalStateException("A row of " + type.name() + " has no resource");
              }
              return new Hit<>(resource, row.getString("study_instance_uid"));
            })
        .list();
  }
}
