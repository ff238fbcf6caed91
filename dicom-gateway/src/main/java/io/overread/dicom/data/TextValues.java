package io.overread.dicom.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Text and numbers as the characters that stand for them (PS3.5 6.2). */
final class TextValues {

  private TextValues() {}

  /** Numbers are printed; what is neither text nor a number in memory has no values. */
  static List<String> read(Element element, Vr vr, CharacterSet characterSet) {
    if (!(element.value() instanceof Bytes bytes) || bytes.length() == 0) {
      return List.of();
    }
    if (!vr.isText()) {
      return NumberValues.print(vr, bytes.array());
    }
    CharacterSet repertoire = vr.usesSpecificCharacterSet() ? characterSet : CharacterSet.DEFAULT;
    String text = repertoire.decode(bytes.array(), vr);
    if (!vr.isMultiValued()) {
      return List.of(withoutTrailingPadding(text));
    }
    List<String> values = new ArrayList<>();
    for (String value : text.split("\\\\", -1)) {
      values.add(trim(value, vr));
    }
    return List.copyOf(values);
  }

  static Bytes write(Vr vr, CharacterSet characterSet, String... values) {
    if (!vr.isText()) {
      throw new IllegalArgumentException(vr + " does not hold text");
    }
    if (values.length > 1 && !vr.isMultiValued()) {
      throw new IllegalArgumentException(vr + " holds one value");
    }
    if (vr.isMultiValued() && Arrays.stream(values).anyMatch(value -> value.indexOf('\\') >= 0)) {
      throw new IllegalArgumentException("A backslash would separate values of " + vr);
    }
    CharacterSet repertoire = vr.usesSpecificCharacterSet() ? characterSet : CharacterSet.DEFAULT;
    byte[] bytes = repertoire.encode(String.join("\\", values), vr);
    if (bytes.length % 2 == 0) {
      return Bytes.owning(bytes);
    }
    byte[] even = Arrays.copyOf(bytes, bytes.length + 1);
    even[bytes.length] = vr.padding();
    return Bytes.owning(even);
  }

  /** Leading spaces are padding too, except where the standard calls them significant. */
  private static String trim(String value, Vr vr) {
    String text = withoutTrailingPadding(value);
    int start = 0;
    while (vr != Vr.UC && start < text.length() && text.charAt(start) == ' ') {
      start++;
    }
    return text.substring(start);
  }

  /** Spaces; and nulls, which belong to UI but stand in text of some writers. */
  private static String withoutTrailingPadding(String value) {
    int end = value.length();
    while (end > 0 && (value.charAt(end - 1) == ' ' || value.charAt(end - 1) == 0)) {
      end--;
    }
    return value.substring(0, end);
  }
}
