package io.overread.service.model;

import io.overread.audit.AuditAct;
import io.overread.audit.AuditAction;
import io.overread.audit.AuditTrail;
import io.overread.audit.Outcome;
import io.overread.gateway.deidentify.PatientIdentifiers;
import io.overread.vlm.remote.Departure;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What is done before anything leaves for a model elsewhere, and the audit of it: an entry is
 * committed before each call, or the call isn't made, and another one says how it ended.
 */
@Component
public class Departures {
  private static final int LONGEST_LIST = 8_000;

  private final AuditTrail trail;
  private final TransactionTemplate transaction;

  Departures(AuditTrail trail, TransactionTemplate transaction) {
    this.trail = trail;
    this.transaction = transaction;
  }

  /** For the images of one study. */
  public Departure of(String studyInstanceUid, PatientIdentifiers identifiers) {
    return new OfStudy(studyInstanceUid, identifiers);
  }

  private final class OfStudy implements Departure {
    private final String study;
    private final PatientIdentifiers identifiers;

    OfStudy(String study, PatientIdentifiers identifiers) {
      this.study = study;
      this.identifiers = identifiers;
    }

    @Override
    public String cleared(String text) {
      return identifiers.removedFrom(text);
    }

    @Override
    public UUID leaving(Consignment sent) {
      UUID call = UUID.randomUUID();
      Map<String, String> detail = new TreeMap<>();
      detail.put("hosts", joined(sent.hosts()));
      detail.put("model", sent.model());
      detail.put("modelDigest", sent.modelDigest());
      detail.put("imageDigests", joined(sent.imageDigests()));
      detail.put("textDigests", joined(sent.textDigests()));
      append(AuditAction.REMOTE_MODEL_ASKED, Outcome.SUCCESS, call, detail);
      return call;
    }

    @Override
    public void ended(UUID call, Arrival arrival) {
      Map<String, String> detail =
          Map.of("outcome", arrival.outcome(), "requests", Integer.toString(arrival.requests()));
      append(
          AuditAction.REMOTE_MODEL_ANSWERED,
          arrival.answered() ? Outcome.SUCCESS : Outcome.FAILED,
          call,
          detail);
    }

    private void append(
        AuditAction action, Outcome outcome, UUID call, Map<String, String> detail) {
      transaction.executeWithoutResult(
          status ->
              trail.append(
                  new AuditAct(action, outcome, "service", study, "remote-call/" + call, detail)));
    }
  }

  /** All of them while an entry can hold them; the images are the same for many texts. */
  private static String joined(List<String> texts) {
    String all = String.join("\n", texts);
    return all.length() <= LONGEST_LIST
        ? all
        : all.substring(0, LONGEST_LIST) + "… of " + texts.size();
  }
}
