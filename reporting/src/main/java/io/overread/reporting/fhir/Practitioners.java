package io.overread.reporting.fhir;

import io.overread.reporting.fhir.TokenParameters.Half;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Practitioner;

/** Practitioner: each person who has decided about a report, by the name then shown last. */
final class Practitioners {
  private static final String ROWS =
      """
      select distinct on (reviewer) fhir_id('user:' || reviewer) as id, decided_at as last_updated,
        null::text as study_instance_uid, reviewer, reviewer_name
      from review order by reviewer, decided_at desc
      """;

  private Practitioners() {}

  static ServedType<Practitioner> served() {
    return new ServedType<>(
        Practitioner.class,
        ROWS,
        (row, number) -> render(row),
        List.of(
            TokenParameters.token("identifier", "The user name", Half.of("null::text", "reviewer")),
            OtherParameters.words("name", "Any part of the name", "reviewer_name")),
        Map.of(),
        null);
  }

  private static Practitioner render(ResultSet row) throws SQLException {
    var practitioner = new Practitioner();
    practitioner.setId(row.getString("id"));
    Rows.stamp(practitioner, row);
    practitioner.addIdentifier().setValue(row.getString("reviewer"));
    practitioner.addName().setText(row.getString("reviewer_name"));
    return practitioner;
  }
}
