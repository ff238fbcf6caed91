package io.overread.vlm.finding;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a sentence states of a catalogue's findings. It knows how reports name the findings and how
 * they deny them; what it does not recognise, or what a sentence leaves open ("may", "cannot be
 * excluded"), is no statement.
 */
public final class FindingStatements {

  /** How reports name a finding, beside its own name; by the finding's id. */
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry(
              "cardiomegaly", "cardiomegaly|enlarged heart|heart is enlarged|cardiac enlargement"),
          Map.entry("effusion", "effusions?"),
          Map.entry("pneumothorax", "pneumothora(?:x|ces)"),
          Map.entry("pneumonia", "pneumonias?|pneumonic"),
          Map.entry("consolidation", "consolidations?|consolidated"),
          Map.entry("infiltration", "infiltrat(?:e|es|ion|ions)"),
          Map.entry("atelectasis", "atelectas[ei]s|atelectatic"),
          Map.entry("edema", "o?edema"),
          Map.entry("emphysema", "emphysema\\w*"),
          Map.entry("fibrosis", "fibrosis|fibrotic"),
          Map.entry("nodule", "nodules?"),
          Map.entry("mass", "pulmonary mass(?:es)?|lung mass(?:es)?"),
          Map.entry("pleural-thickening", "pleural thickening|thickened pleura"),
          Map.entry("hernia", "hernias?"),
          Map.entry("meningioma", "meningiomas?"),
          Map.entry("glioma", "gliomas?|glioblastomas?"),
          Map.entry("pituitary-tumor", "pituitary (?:tumou?rs?|adenomas?)"),
          Map.entry(
              "ct-lesion", "lung lesions?|lesions? in the lung|pulmonary (?:nodules?|mass(?:es)?)"),
          Map.entry("ct-malignancy", "malignan(?:t|cy)|carcinoma"),
          Map.entry("breast-lesion", "(?:focal |breast )+lesions?|lesion in the breast"),
          Map.entry("breast-malignancy", "malignan(?:t|cy)|carcinoma"),
          Map.entry("b-lines", "b-lines?"),
          Map.entry(
              "pleural-line-irregularity", "pleural line is irregular|irregular pleural line"),
          Map.entry("fetal-head", "fetal head"));

  /** Words that deny a finding by naming its opposite. */
  private static final Map<String, String> OPPOSITES =
      Map.of(
          "cardiomegaly", "normal heart size|heart (?:size )?is (?:normal|not enlarged)",
          "breast-malignancy", "benign",
          "ct-malignancy", "benign",
          "lung-abnormality", "lung is normal|normal lung",
          "pleural-line-irregularity", "pleural line is regular");

  /** "The lungs are clear": none of what shades a lung. */
  private static final Pattern CLEAR =
      pattern("lungs? (?:is|are) clear|clear lungs|no focal lung abnormality");

  private static final List<String> SHADES =
      List.of("pneumonia", "consolidation", "infiltration", "edema", "nodule", "mass");

  private static final Pattern OPEN =
      pattern(
          "may|might|could|possibl[ey]|probabl[ey]|cannot be (?:excluded|determined)|can't|unclear"
              + "|questionable|equivocal|versus|vs|rule out|consider|if|risk of|history of");

  private static final Pattern DENIAL =
      pattern("no|not|without|nor|neither|free of|absence of|negative for|lacks?|excluded|absent");

  /** Where what a denial covers ends. */
  private static final Pattern CLAUSE =
      Pattern.compile("[;:]|\\b(?:but|however|although|except|while)\\b", Pattern.CASE_INSENSITIVE);

  private final Map<Finding, Pattern> named = new LinkedHashMap<>();
  private final Map<Finding, Pattern> denied = new LinkedHashMap<>();

  /** For the findings of one catalogue: what another asks is not stated here. */
  public FindingStatements(List<Finding> findings) {
    for (Finding finding : findings) {
      String words = WORDS.get(finding.id());
      named.put(
          finding,
          pattern(words == null ? Pattern.quote(finding.name().toLowerCase(Locale.ROOT)) : words));
      String opposite = OPPOSITES.get(finding.id());
      if (opposite != null) {
        denied.put(finding, pattern(opposite));
      }
    }
  }

  /** The findings that the sentence states: true to be there, false not to. */
  public SequencedMap<Finding, Boolean> of(String sentence) {
    SequencedMap<Finding, Boolean> stated = new LinkedHashMap<>();
    for (String clause : CLAUSE.split(sentence)) {
      if (OPEN.matcher(clause).find()) {
        continue;
      }
      boolean clear = CLEAR.matcher(clause).find();
      named.forEach(
          (finding, words) -> {
            Boolean said = said(finding, words, clause);
            if (said == null && clear && SHADES.contains(finding.id())) {
              said = false;
            }
            if (said != null) {
              stated.putIfAbsent(finding, said);
            }
          });
    }
    return stated;
  }

  private @Nullable Boolean said(Finding finding, Pattern words, String clause) {
    Pattern opposite = denied.get(finding);
    if (opposite != null && opposite.matcher(clause).find()) {
      return false;
    }
    Matcher name = words.matcher(clause);
    if (!name.find()) {
      return null;
    }
    List<Integer> denials = new ArrayList<>();
    Matcher denial = DENIAL.matcher(clause);
    while (denial.find()) {
      denials.add(denial.start());
    }
    // "is not seen" behind the name denies it as "no" before it does.
    return denials.isEmpty();
  }

  private static Pattern pattern(String alternatives) {
    return Pattern.compile("\\b(?:" + alternatives + ")\\b", Pattern.CASE_INSENSITIVE);
  }
}
