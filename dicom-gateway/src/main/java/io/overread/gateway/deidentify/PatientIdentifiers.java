package io.overread.gateway.deidentify;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What names the patient of a study in its headers, to be taken out of questions about it: parts of
 * names, the mother's, a responsible person's and the referring physician's too; ids, accession and
 * admission number, telephone numbers; and the birth date in the ways that people write them. Too
 * much is removed rather than too little; what the headers don't say, such as another relative's
 * name, stays.
 */
public final class PatientIdentifiers {

  /** What stands where an identifier stood. */
  public static final String REMOVED = "[removed]";

  private static final int[] NAMES = {
    Tag.PatientName,
    Tag.OtherPatientNames,
    Tag.PatientBirthName,
    Tag.PatientMotherBirthName,
    Tag.ResponsiblePerson,
    Tag.ReferringPhysicianName
  };
  private static final int[] IDS = {
    Tag.PatientID,
    Tag.OtherPatientIDs,
    Tag.AccessionNumber,
    Tag.AdmissionID,
    Tag.PatientTelephoneNumbers
  };
  private static final int MOST = 200;
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");

  private final Set<String> words = new TreeSet<>();
  private final List<Pattern> patterns = new ArrayList<>();

  private PatientIdentifiers() {}

  /** Of the headers of a study's images. */
  public static PatientIdentifiers of(List<DataSet> headers) {
    PatientIdentifiers identifiers = new PatientIdentifiers();
    Set<String> ids = new TreeSet<>();
    Set<String> births = new TreeSet<>();
    for (DataSet header : headers) {
      for (int tag : NAMES) {
        header.strings(tag).stream().limit(MOST).forEach(identifiers::name);
      }
      for (int tag : IDS) {
        header.strings(tag).stream().limit(MOST).forEach(ids::add);
      }
      header.items(Tag.OtherPatientIDsSequence).stream()
          .limit(MOST)
          .forEach(other -> other.string(Tag.PatientID).ifPresent(ids::add));
      header.string(Tag.PatientBirthDate).ifPresent(births::add);
    }
    ids.forEach(identifiers::id);
    births.forEach(identifiers::birthDate);
    return identifiers;
  }

  /** A text without them. */
  public String removedFrom(String text) {
    String cleaned = text;
    for (Pattern pattern : patterns) {
      cleaned = pattern.matcher(cleaned).replaceAll(Matcher.quoteReplacement(REMOVED));
    }
    return WORD.matcher(cleaned)
        .replaceAll(
            match ->
                words.contains(folded(match.group())) && !isOurs(match.group())
                    ? Matcher.quoteReplacement(REMOVED)
                    : Matcher.quoteReplacement(match.group()));
  }

  /** The word that stands for what was removed before. */
  private static boolean isOurs(String word) {
    return word.equals("removed");
  }

  /** A PN value (PS3.5 6.2): groups with =, components with ^, and words within them. */
  private void name(String value) {
    for (String part : value.split("[\\^=\\s,]+")) {
      Matcher word = WORD.matcher(part);
      while (word.find()) {
        String name = word.group();
        if (name.codePoints().anyMatch(Character::isIdeographic)) {
          // Such writing has no spaces between words.
          patterns.add(Pattern.compile(Pattern.quote(name)));
        } else if (name.length() > 1) {
          words.add(folded(name));
        }
      }
    }
  }

  /** Its letters and digits, whatever people write between them. */
  private void id(String value) {
    List<String> parts = new ArrayList<>();
    value
        .strip()
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .forEach(c -> parts.add(Pattern.quote(Character.toString(c))));
    if (!parts.isEmpty()) {
      add(String.join("[\\s./_-]?", parts));
    }
  }

  private void birthDate(String value) {
    LocalDate date;
    try {
      date = LocalDate.parse(value.strip(), DateTimeFormatter.BASIC_ISO_DATE);
    } catch (DateTimeException e) {
      id(value); // what is no date is removed as it stands
      return;
    }
    String year = String.format(Locale.ROOT, "(%04d|%02d)", date.getYear(), date.getYear() % 100);
    String month = "0?" + date.getMonthValue();
    String day = "0?" + date.getDayOfMonth();
    String between = "[\\s./,-]*";
    String full = String.format(Locale.ROOT, "%04d", date.getYear());
    add(full + between + month + between + day);
    add(day + between + month + between + year);
    add(month + between + day + between + year);
    String name =
        "("
            + date.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH)
            + "|"
            + date.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH)
            + ")";
    add(day + "(st|nd|rd|th)?" + between + "(of )?" + name + between + year);
    add(name + between + day + "(st|nd|rd|th)?" + between + year);
  }

  private void add(String expression) {
    patterns.add(
        Pattern.compile(
            "(?<![\\p{L}\\p{N}])" + expression + "(?![\\p{L}\\p{N}])",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
  }

  /** Without accents and case. */
  private static String folded(String word) {
    return Normalizer.normalize(word, Normalizer.Form.NFKD)
        .replaceAll("\\p{M}+", "")
        .toLowerCase(Locale.ROOT);
  }
}
