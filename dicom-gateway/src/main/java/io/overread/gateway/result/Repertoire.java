package io.overread.gateway.result;

import io.overread.dicom.data.CharacterSet;
import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import java.util.List;

/** The Specific Character Set (0008,0005) of an object and of its items, which inherit it. */
final class Repertoire {

  private static final CharacterSet UTF_8 = CharacterSet.of(List.of("ISO_IR 192"));

  private final CharacterSet characterSet;

  private Repertoire(CharacterSet characterSet) {
    this.characterSet = characterSet;
  }

  /** That of the source, where it has every character of the texts; otherwise UTF-8. */
  static Repertoire of(CharacterSet source, List<String> texts) {
    Repertoire kept = new Repertoire(source);
    return texts.stream().allMatch(kept::has) ? kept : new Repertoire(UTF_8);
  }

  CharacterSet characterSet() {
    return characterSet;
  }

  /** A data set without elements but for the character set. */
  DataSet dataSet() {
    String[] terms = characterSet.definedTerms().toArray(String[]::new);
    return terms.length == 0 ? new DataSet() : DataSet.withCharacterSet(terms);
  }

  /** An item of a sequence: its text is of this repertoire too, and the whole says so for it. */
  DataSet item() {
    return dataSet().copy().remove(Tag.SpecificCharacterSet);
  }

  private boolean has(String text) {
    try {
      dataSet().putString(Tag.TextValue, Vr.UT, text);
      return true;
    } catch (IllegalArgumentException lacking) {
      return false;
    }
  }

  /** One line of at most so many characters, fit for one value. */
  static String line(String text, int most) {
    String line = text.replace('\\', '/').replaceAll("\\p{Cntrl}+", " ").strip();
    return line.codePointCount(0, line.length()) <= most
        ? line
        : line.substring(0, line.offsetByCodePoints(0, most)).strip();
  }
}
