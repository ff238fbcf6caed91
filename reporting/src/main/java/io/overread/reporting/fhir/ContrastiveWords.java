package io.overread.reporting.fhir;

import io.overread.reporting.finding.ContrastiveScore;
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
 * @param model name and version of the contrastive one
 * @param digest SHA-256 of its files
 * @param weight how much it weighs, where both are joined
 */
record ContrastiveWords(
    String drafting, String model, String digest, BigDecimal weight, ContrastiveScore score) {

  /** Null where there was none. */
  static @Nullable ContrastiveWords of(ResultSet row) throws SQLException {
    var odds = row.getObject("contrastive_log_odds", Double.class);
    if (odds == null) {
      return null;
    }
    return new ContrastiveWords(
        row.getString("model_name") + " " + row.getString("model_version"),
        row.getString("contrastive_name") + " " + row.getString("contrastive_version"),
        row.getString("contrastive_digest"),
        BigDecimal.valueOf(row.getDouble("contrastive_weight")),
        new ContrastiveScore(
            row.getObject("drafting_probability", Double.class),
            odds,
            row.getObject("contrastive_probability", Double.class),
            row.getBoolean("joined")));
  }

  /** How the scores were had and what was made of them. */
  String method() {
    return "Scored beside it by the contrastive model "
        + model
        + " (SHA-256 "
        + digest
        + "): how much better a sentence of its presence fits the image than one of its absence. "
        + outcome();
  }

  private String outcome() {
    if (score.joined()) {
      return "The certainty is the mean of both log odds, the contrastive model weighing "
          + weight.stripTrailingZeros().toPlainString()
          + ".";
    }
    return score.probability() == null
        ? "Its score is not calibrated and has no part in the certainty."
        : "It has no part in the certainty.";
  }

  /** As components in words: no code system knows whose score it is. */
  void addScores(Observation observation) {
    Observations.setPercent(
        observation.addComponent().setCode(text("Certainty of finding by " + drafting + " alone")),
        score.alone());
    if (score.probability() != null) {
      Observations.setPercent(
          observation.addComponent().setCode(text("Certainty of finding by " + model)),
          score.probability());
      return;
    }
    observation
        .addComponent()
        .setCode(text("Log odds by " + model + ", not calibrated: no probability"))
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
