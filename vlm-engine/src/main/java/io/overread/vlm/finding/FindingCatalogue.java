package io.overread.vlm.finding;

import java.util.List;
import java.util.Set;

/**
 * What is asked of one kind of study.
 *
 * @param id stable name
 * @param modalities Modality (0008,0060) values that it is for; empty for any
 * @param bodyParts Body Part Examined (0018,0015) values that it is for; empty for any
 * @param description for people
 * @param reportCode what the report is, as DiagnosticReport.code
 * @param findings in the order in which they are asked and reported; may be empty
 */
public record FindingCatalogue(
    String id,
    Set<String> modalities,
    Set<String> bodyParts,
    String description,
    Coding reportCode,
    List<Finding> findings) {

  /** Keeps its own copies. */
  public FindingCatalogue {
    modalities = Set.copyOf(modalities);
    bodyParts = Set.copyOf(bodyParts);
    findings = List.copyOf(findings);
  }

  boolean isGeneral() {
    return modalities.isEmpty() && bodyParts.isEmpty();
  }
}
