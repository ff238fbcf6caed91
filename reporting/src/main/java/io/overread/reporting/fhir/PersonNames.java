package io.overread.reporting.fhir;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.HumanName;
import org.jspecify.annotations.Nullable;

/**
 * DICOM person names (PS3.5 6.2.1: PN) as FHIR's: family, given, middle, prefix and suffix between
 * carets; up to three groups between equals signs, alphabetic, ideographic and phonetic.
 */
final class PersonNames {
  private static final String REPRESENTATION =
      "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation";
  private static final List<String> GROUPS = List.of("ABC", "IDE", "SYL");

  private PersonNames() {}

  /** A name for each group that says something. */
  static List<HumanName> of(@Nullable String personName) {
    var names = new ArrayList<HumanName>();
    if (personName == null) {
      return names;
    }
    var groups = personName.split("=", -1);
    for (int group = 0; group < Math.min(groups.length, GROUPS.size()); group++) {
      var name = name(groups[group].split("\\^", -1));
      if (!name.isEmpty()) {
        if (groups.length > 1) {
          name.addExtension(REPRESENTATION, new CodeType(GROUPS.get(group)));
        }
        names.add(name);
      }
    }
    return names;
  }

  private static HumanName name(String[] components) {
    var name = new HumanName();
    for (int component = 0; component < components.length; component++) {
      var part = components[component].strip();
      if (!part.isEmpty()) {
        add(name, component, part);
      }
    }
    return name;
  }

  private static void add(HumanName name, int component, String part) {
    switch (component) {
      case 0 -> name.setFamily(part);
      case 1, 2 -> name.addGiven(part);
      case 3 -> name.addPrefix(part);
      default -> name.addSuffix(part);
    }
  }
}
