package io.overread.vlm.guard;

import io.overread.vlm.finding.Finding;
import io.overread.vlm.finding.FindingStatements;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sentences that say otherwise than the scored findings do. */
public final class ContradictionGuard implements SentenceGuard {

  private final FindingStatements statements;
  private final Map<String, Boolean> scored;

  /**
   * Holds sentences against the scores.
   *
   * @param findings the catalogue's
   * @param scored by finding id: true if it was taken to be present, false if absent; what is
   *     undetermined is not in it
   */
  public ContradictionGuard(List<Finding> findings, Map<String, Boolean> scored) {
    this.statements = new FindingStatements(findings);
    this.scored = Map.copyOf(scored);
  }

  @Override
  public Optional<Objection> objection(String sentence) {
    for (var stated : statements.of(sentence).entrySet()) {
      Boolean score = scored.get(stated.getKey().id());
      if (score != null && !score.equals(stated.getValue())) {
        return Optional.of(
            new Objection(
                Guard.CONTRADICTION,
                "It says otherwise than the scored finding '"
                    + stated.getKey().name()
                    + "', which is "
                    + (score ? "present." : "absent.")));
      }
    }
    return Optional.empty();
  }
}
