package io.overread.dicom.data;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A PN value: up to three component groups (PS3.5 6.2.1). */
public record PersonName(Group alphabetic, Group ideographic, Group phonetic) {

  /** One representation of a name; components that are absent are empty. */
  public record Group(
      String familyName, String givenName, String middleName, String prefix, String suffix) {

    static Group parse(String text) {
      String[] components = text.split("\\^", 5);
      return new Group(
          component(components, 0),
          component(components, 1),
          component(components, 2),
          component(components, 3),
          component(components, 4));
    }

    private static String component(String[] components, int index) {
      return index < components.length ? components[index].strip() : "";
    }

    public boolean isEmpty() {
      return Stream.of(familyName, givenName, middleName, prefix, suffix).allMatch(String::isEmpty);
    }

    /** With carets, trailing ones left out. */
    @Override
    public String toString() {
      return joinWithoutTrailing("^", List.of(familyName, givenName, middleName, prefix, suffix));
    }

    /** For people to read: prefix, given, middle and family name, suffix. */
    public String display() {
      return Stream.of(prefix, givenName, middleName, familyName, suffix)
          .filter(part -> !part.isEmpty())
          .collect(Collectors.joining(" "));
    }
  }

  /**
   * Never fails: components and groups beyond those the standard knows are dropped or kept as text.
   */
  public static PersonName parse(String value) {
    String[] groups = value.split("=", -1);
    return new PersonName(
        Group.parse(groups[0]),
        Group.parse(groups.length > 1 ? groups[1] : ""),
        Group.parse(groups.length > 2 ? groups[2] : ""));
  }

  /** As a DICOM value, trailing delimiters left out. */
  @Override
  public String toString() {
    return joinWithoutTrailing(
        "=", List.of(alphabetic.toString(), ideographic.toString(), phonetic.toString()));
  }

  private static String joinWithoutTrailing(String delimiter, List<String> parts) {
    int count = parts.size();
    while (count > 0 && parts.get(count - 1).isEmpty()) {
      count--;
    }
    return String.join(delimiter, parts.subList(0, count));
  }
}
