package io.overread.reporting.fhir;

import io.overread.reporting.finding.ContrastiveReader;
import io.overread.reporting.finding.ContrastiveScore;
import io.overread.reporting.finding.ModelIdentity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.jspecify.annotations.Nullable;

/**
 * What an Observation says of a contrastive model beside the one that drafts: which it is, and the
 * two scores that it and the drafting model gave.
 *
 * @param drafting name and version of the model that drafts
 */
record ContrastiveWords(String drafting, ContrastiveReader reader, ContrastiveScore score) {

  /** Null where there was none. */
  static @Nullable ContrastiveWords of(ResultSet row) throws SQLException {
    var odds = row.getObject("contrastive_log_odds", Double.class);
    if (odds == null) {
      return null;
    }
    return new ContrastiveWords(
        row.getString("model_name") + " " + row.getString("model_version"),
        new ContrastiveReader(
            new ModelIdentity(
                row.getString("contrastive_name"),
                row.getString("contrastive_version"),
                row.getString("contrastive_digest")),
            row.getDouble("contrastive_weight")),
        new ContrastiveScore(
            row.getObject("drafting_probability", Double.class),
            odds,
            row.getObject("contrastive_probability", Double.class),
            row.getBoolean("joined")));
  }

  /** How the scores were had and what was made of them. */
  String method() {
    return reader.method(score);
  }

  /** As components in words: no code system knows whose score it is. */
  void addScores(Observation observation) {
    Observations.setPercent(
        observation.addComponent().setCode(text("Certainty of finding by " + drafting + " alone")),
        score.alone());
    if (score.probability() != null) {
      Observations.setPercent(
          observation.addComponent().setCode(text("Certainty of finding by " + reader.name())),
          score.probability());
      return;
    }
    observation
        .addComponent()
        .setCode(text("Log odds by " + reader.name() + ", not calibrated: no probability"))
        .setValue(
            new Quantity()
                .setValue(BigDecimal.valueOf(score.logOdds()).setScale(4, RoundingMode.HALF_UP))
                .setSystem("http://unitsofmeasure.org")
                .setCode("1"));
  }

  private static CodeableConcept text(String text) {
    return new CodeableConcept().setText(text);
  }
}
