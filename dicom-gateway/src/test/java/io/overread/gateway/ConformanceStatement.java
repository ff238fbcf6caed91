package io.overread.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** CONFORMANCE.md, to be compared with the code. */
public final class ConformanceStatement {

  private ConformanceStatement() {}

  /** The whole text. */
  public static String text() throws IOException {
    return Files.readString(Path.of("CONFORMANCE.md"));
  }

  /** A section, from its heading to the next of whatever level. */
  public static String section(String heading) throws IOException {
    Matcher found =
        Pattern.compile("(?ms)^#+ " + Pattern.quote(heading) + "$(.*?)(?=^#|\\z)").matcher(text());
    if (!found.find()) {
      throw new IllegalArgumentException("CONFORMANCE.md has no section " + heading);
    }
    return found.group(1);
  }

  /** The cells of the rows of a section's tables. */
  public static List<List<String>> rows(String heading) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (String line : section(heading).lines().filter(each -> each.startsWith("|")).toList()) {
      String inner = line.substring(1, line.lastIndexOf('|'));
      rows.add(List.of(inner.split("\\|", -1)).stream().map(String::strip).toList());
    }
    return rows;
  }
}
