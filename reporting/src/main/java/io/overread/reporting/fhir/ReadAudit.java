package io.overread.reporting.fhir;

import io.overread.audit.AuditAct;
import io.overread.audit.AuditAction;
import io.overread.audit.AuditTrail;
import io.overread.audit.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One entry for each reading of patients' data over FHIR. It names the resources; of a search only
 * the names of its parameters, since their values may be a patient's name.
 */
final class ReadAudit {
  static final String INTERACTION = "interaction";

  /** Keeps an entry well within what the audit trail takes. */
  private static final int LONGEST_LIST = 10_000;

  private final AuditTrail audit;

  ReadAudit(AuditTrail audit) {
    this.audit = audit;
  }

  /** A resource was read, at its newest version or another. */
  void read(
      ServedType<?> type, String reader, String interaction, ResourceTable.Hit<?> hit, String id) {
    append(
        type,
        reader,
        hit.studyInstanceUid(),
        type.name() + "/" + id,
        Map.of(INTERACTION, interaction));
  }

  /** A search gave these. */
  void search(
      ServedType<?> type,
      String reader,
      Set<String> parameters,
      List<? extends ResourceTable.Hit<?>> hits,
      List<String> ids) {
    var detail = new LinkedHashMap<String, String>();
    detail.put(INTERACTION, "search-type");
    detail.put("parameters", String.join(" ", parameters));
    detail.put("matches", Integer.toString(hits.size()));
    var list = String.join(" ", ids);
    detail.put("ids", list.substring(0, Math.min(list.length(), LONGEST_LIST)));
    var studies =
        hits.stream()
            .map(ResourceTable.Hit::studyInstanceUid)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    var study = studies.size() == 1 ? new ArrayList<>(studies).getFirst() : null;
    append(type, reader, study, type.name(), detail);
  }

  private void append(
      ServedType<?> type,
      String reader,
      @Nullable String study,
      String subject,
      Map<String, String> detail) {
    AuditAction action = type.audited();
    if (action != null) {
      audit.append(new AuditAct(action, Outcome.SUCCESS, "user:" + reader, study, subject, detail));
    }
  }
}
