package io.overread.gateway.triage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of {@code triage_rules} and {@code triage_rule}. */
final class TriageRuleTable {

  private final JdbcClient jdbc;

  TriageRuleTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<TriageRules.Change> latest() {
    return changes(1).stream().findFirst();
  }

  List<TriageRules.Change> changes(int most) {
    return jdbc.sql("select * from triage_rules order by version desc limit ?")
        .param(most)
        .query(TriageRuleTable::change)
        .list();
  }

  List<TriageRule> rules(int version) {
    return jdbc.sql("select * from triage_rule where version = ? order by ordinal")
        .param(version)
        .query(TriageRuleTable::rule)
        .list();
  }

  /** Whether the version was free. Waits for a transaction that takes the same. */
  boolean insert(TriageRules.Change change) {
    return jdbc.sql(
                "insert into triage_rules (version, changed_by, changed_at, comment)"
                    + " values (?, ?, ?, ?) on conflict do nothing")
            .param(change.version())
            .param(change.by())
            .param(change.at().atOffset(ZoneOffset.UTC))
            .param(change.comment())
            .update()
        == 1;
  }

  void insert(int version, int ordinal, TriageRule rule) {
    TriagePriority priority = rule.priority();
    jdbc.sql(
            "insert into triage_rule (version, ordinal, name, when_expression, priority, draft,"
                + " reason, catalogue, model) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .param(version)
        .param(ordinal)
        .param(rule.name())
        .param(rule.when())
        .param(priority == null ? null : priority.name())
        .param(rule.draft())
        .param(rule.reason())
        .param(rule.catalogue())
        .param(rule.model())
        .update();
  }

  private static TriageRules.Change change(ResultSet row, int number) throws SQLException {
    return new TriageRules.Change(
        row.getInt("version"),
        row.getString("changed_by"),
        row.getObject("changed_at", OffsetDateTime.class).toInstant(),
        row.getString("comment"));
  }

  private static TriageRule rule(ResultSet row, int number) throws SQLException {
    String priority = row.getString("priority");
    return new TriageRule(
        row.getString("name"),
        row.getString("when_expression"),
        priority == null ? null : TriagePriority.valueOf(priority),
        bool(row, "draft"),
        row.getString("reason"),
        row.getString("catalogue"),
        row.getString("model"));
  }

  private static @Nullable Boolean bool(ResultSet row, String column) throws SQLException {
    boolean value = row.getBoolean(column);
    return row.wasNull() ? null : value;
  }
}
