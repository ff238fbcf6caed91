package io.overread.gateway.priors;

import io.overread.audit.AuditAct;
import io.overread.audit.AuditAction;
import io.overread.audit.AuditTrail;
import io.overread.audit.Outcome;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** Finds a study's priors in all archives and fetches those that are most like it. */
final class PriorFetching {

  private static final Logger LOG = LoggerFactory.getLogger(PriorFetching.class);

  private final SearchTable table;
  private final List<PriorSource> sources;
  private final PriorsProperties properties;
  private final TransactionTemplate transaction;
  private final AuditTrail auditTrail;
  private final Clock clock;

  PriorFetching(
      SearchTable table,
      List<PriorSource> sources,
      PriorsProperties properties,
      TransactionTemplate transaction,
      AuditTrail auditTrail,
      Clock clock) {
    this.table = table;
    this.sources = List.copyOf(sources);
    this.properties = properties;
    this.transaction = transaction;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  private record Found(Candidate candidate, PriorSource source) {}

  /**
   * Fetches what is not here yet.
   *
   * @return whether all archives answered and all was fetched; otherwise it is worth another try
   */
  boolean fetch(SearchTable.Current study) {
    SoughtPriors sought =
        SoughtPriors.of(study, properties.years(), LocalDate.ofInstant(now(), ZoneOffset.UTC))
            .orElse(null);
    if (sought == null) {
      return true;
    }
    List<Found> found = new ArrayList<>();
    boolean whole = true;
    for (PriorSource source : sources) {
      try {
        source.find(sought).forEach(candidate -> found.add(new Found(candidate, source)));
      } catch (IOException e) {
        LOG.warn("Archive {} can't be asked for priors: {}", source.name(), e.getMessage());
        audit(study.studyInstanceUid(), null, Outcome.FAILED, source, Map.of());
        whole = false;
      }
    }
    for (Found chosen : choose(found, sought)) {
      whole &= fetch(study.studyInstanceUid(), chosen);
    }
    return whole;
  }

  /** The most alike first, then the latest; each study once, wherever it was found. */
  private List<Found> choose(List<Found> found, SoughtPriors sought) {
    Comparator<Found> likeness =
        Comparator.comparingInt((Found one) -> one.candidate().likeness(sought));
    Comparator<Found> date = Comparator.comparing((Found one) -> one.candidate().studyDate());
    Set<String> seen = new HashSet<>();
    return found.stream()
        .sorted(likeness.thenComparing(date).reversed())
        .filter(one -> seen.add(one.candidate().studyInstanceUid()))
        .limit(properties.studies())
        .toList();
  }

  private boolean fetch(String studyInstanceUid, Found chosen) {
    String prior = chosen.candidate().studyInstanceUid();
    PriorSource source = chosen.source();
    String state = table.priorState(prior).orElse("");
    if (state.equals("FETCHED") || (state.isEmpty() && table.isHeld(prior))) {
      return true;
    }
    // Before its first instance, so that whoever completes the study knows what it is.
    table.found(prior, studyInstanceUid, source, now());
    int failed;
    try {
      failed = source.fetch(prior);
    } catch (IOException e) {
      LOG.warn("A prior can't be fetched from {}: {}", source.name(), e.getMessage());
      settle(studyInstanceUid, prior, source, -1);
      return false;
    }
    settle(studyInstanceUid, prior, source, failed);
    return failed == 0;
  }

  private void settle(String studyInstanceUid, String prior, PriorSource source, int failed) {
    transaction.executeWithoutResult(
        _ -> {
          table.settlePrior(prior, failed == 0 ? "FETCHED" : "FAILED", now());
          append(
              studyInstanceUid,
              prior,
              failed == 0 ? Outcome.SUCCESS : Outcome.FAILED,
              source,
              failed > 0 ? Map.of("failedInstances", Integer.toString(failed)) : Map.of());
        });
  }

  private void audit(
      String studyInstanceUid,
      @Nullable String prior,
      Outcome outcome,
      PriorSource source,
      Map<String, String> more) {
    transaction.executeWithoutResult(_ -> append(studyInstanceUid, prior, outcome, source, more));
  }

  private void append(
      String studyInstanceUid,
      @Nullable String prior,
      Outcome outcome,
      PriorSource source,
      Map<String, String> more) {
    Map<String, String> detail = new TreeMap<>(more);
    detail.put("archive", source.name());
    auditTrail.append(
        new AuditAct(
            AuditAction.PRIORS_FETCHED, outcome, "service", studyInstanceUid, prior, detail));
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
