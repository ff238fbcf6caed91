package io.overread.service.trail;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.overread.audit.AuditEntry;
import io.overread.audit.AuditLog;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The audit trail of a study. */
@RestController
class AuditController {
  private final AuditLog log;

  AuditController(AuditLog log) {
    this.log = log;
  }

  @GetMapping("/api/studies/{studyInstanceUid}/audit")
  @Operation(summary = "Every recorded act on a study, the oldest first")
  List<Entry> ofStudy(@PathVariable String studyInstanceUid) {
    return log.ofStudy(studyInstanceUid).stream().map(Entry::of).toList();
  }

  record Entry(
      long sequence,
      Instant recordedAt,
      String action,
      String outcome,
      String actor,
      @Nullable String subject,
      @JsonRawValue String detail,
      String digest) {
    static Entry of(AuditEntry entry) {
      return new Entry(
          entry.sequence(),
          entry.recordedAt(),
          entry.action(),
          entry.outcome(),
          entry.actor(),
          entry.subject(),
          entry.detail(),
          entry.digest());
    }
  }
}
