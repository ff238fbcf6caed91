package io.overread.reporting.fhir;

import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Reference;

/** Organization: the one that issues the reports, by the name in the settings. */
final class Organizations {
  private static final String ID = "organization";

  private static final String ROWS =
      "select '"
          + ID
          + "' as id, timestamptz 'epoch' as last_updated, null::text as study_instance_uid";

  private Organizations() {}

  static ServedType<Organization> served(String name) {
    return new ServedType<>(
        Organization.class,
        ROWS,
        (row, number) -> {
          var organization = new Organization();
          organization.setId(row.getString("id"));
          organization.setActive(true).setName(name);
          return organization;
        },
        List.of(),
        Map.of(),
        null);
  }

  static Reference reference() {
    return Terms.to("Organization", ID);
  }
}
