package io.overread.vlm.evaluate.text;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which findings of the chest a report states to be there and which not, read by plain rules: a
 * word for the finding, and in its clause a word before or after it that denies it. What one clause
 * affirms stands against another that denies it. It measures reports against each other; it is no
 * labeller that anyone validated.
 */
public final class FindingsInText {

  /** Ids of the chest radiograph's catalogue, and how reports name what they mean. */
  private static final Map<String, Pattern> NAMES = new LinkedHashMap<>();

  static {
    name(
        "cardiomegaly",
        "cardiomegaly|enlarged (?:heart|cardiac)|(?:heart|cardiac)[a-z ]* enlarged");
    name("effusion", "effusions?|blunting of the costophrenic");
    name("pneumothorax", "pneumothora(?:x|ces)");
    name("pneumonia", "pneumonias?|pneumonic");
    name("consolidation", "consolidations?|consolidative|airspace (?:disease|opacit(?:y|ies))");
    name("infiltration", "infiltrat(?:es?|ions?)");
    name("atelectasis", "atelecta(?:sis|ses|tic)");
    name("edema", "o?edema|vascular congestion");
    name("emphysema", "emphysema(?:tous)?");
    name("fibrosis", "fibro(?:sis|tic)");
    name("nodule", "nodules?|nodular");
    name("mass", "mass(?:es)?");
    name("pleural-thickening", "pleural thickening");
    name("hernia", "hernias?");
    name("fracture", "fractures?");
  }

  private static final Pattern CLAUSE_END =
      Pattern.compile("[.;:\\n]|,? but |,? however,? |,? although |, (?=there (?:is|are) )");
  private static final Pattern DENIED_BEFORE =
      Pattern.compile(
          "\\b(?:no|not|without|absent|absence of|negative for|free of|clear of|resolved"
              + "|resolution of|neither|nor|denies|rules? out|ruled out)\\b");
  private static final Pattern DENIED_AFTER =
      Pattern.compile(
          "^[a-z ]*\\b(?:(?:is|are|was|were|has|have) (?:not|absent|excluded|resolved|been excluded"
              + "|no longer)|not (?:seen|present|identified|enlarged)|absent)\\b");

  private FindingsInText() {}

  private static void name(String id, String words) {
    NAMES.put(id, Pattern.compile("\\b(?:" + words + ")\\b"));
  }

  /** Of each finding that the text mentions whether it is there, by the finding's id. */
  public static Map<String, Boolean> of(String report) {
    Map<String, Boolean> stated = new HashMap<>();
    for (String clause : CLAUSE_END.split(report.toLowerCase(Locale.ROOT))) {
      NAMES.forEach(
          (id, name) -> {
            Matcher mention = name.matcher(clause);
            while (mention.find()) {
              boolean denied =
                  DENIED_BEFORE.matcher(clause.substring(0, mention.end())).find()
                      || DENIED_AFTER.matcher(clause.substring(mention.end())).find();
              stated.merge(id, !denied, Boolean::logicalOr);
            }
          });
    }
    return stated;
  }
}
