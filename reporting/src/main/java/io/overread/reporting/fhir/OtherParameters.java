package io.overread.reporting.fhir;

import java.util.Locale;
import java.util.Map;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.IdType;

/** Search parameters of the types reference and string. */
final class OtherParameters {
  private OtherParameters() {}

  /** Matches a reference to one type of resource, by its id, with or without the type before it. */
  static SearchParameter reference(String name, String documentation, String type, String column) {
    return references(name, documentation, Map.of(type, column));
  }

  /** Matches a reference to one of several types of resource. */
  static SearchParameter references(
      String name, String documentation, Map<String, String> columnOfType) {
    return new SearchParameter(
        name,
        SearchParamType.REFERENCE,
        documentation,
        sent -> {
          var reference = new IdType(sent);
          var type = reference.getResourceType();
          if (type == null && columnOfType.size() == 1) {
            type = columnOfType.keySet().iterator().next();
          }
          if (type == null || !columnOfType.containsKey(type) || reference.getIdPart() == null) {
            throw Refusals.invalid(
                "'" + name + "' refers to one of " + columnOfType.keySet() + ": '" + sent + "'");
          }
          return Condition.of(columnOfType.get(type) + " = ?", reference.getIdPart());
        });
  }

  /**
   * Matches words that start with the value, whatever their case (R4 3.1.1.4.8), in a column whose
   * words stand between blanks, {@code ^} or {@code =} as in a DICOM person name (PS3.5 6.2: PN).
   */
  static SearchParameter words(String name, String documentation, String column) {
    return new SearchParameter(
        name,
        SearchParamType.STRING,
        documentation,
        sent -> {
          var escaped =
              sent.toLowerCase(Locale.ROOT)
                  .replace("\\", "\\\\")
                  .replace("%", "\\%")
                  .replace("_", "\\_");
          return Condition.of(
              "' ' || translate(lower(" + column + "), '^=', '  ') like ?", "% " + escaped + "%");
        });
  }
}
