import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns the committed dictionary tables into the constant classes {@code Tag} and {@code Uid}. Run
 * by the build: {@code java GenerateDictionary.java TABLES_FOLDER OUTPUT_FOLDER}.
 */
final class GenerateDictionary {

  private static final String PACKAGE = "io.overread.dicom.dictionary";

  private GenerateDictionary() {}

  public static void main(String[] arguments) throws IOException {
    Path tables = Path.of(arguments[0]);
    Path output = Path.of(arguments[1]).resolve(PACKAGE.replace('.', '/'));
    Files.createDirectories(output);
    write(output.resolve("Tag.java"), tagClass(tables.resolve("elements.tsv")));
    write(output.resolve("Uid.java"), uidClass(tables.resolve("uids.tsv")));
  }

  private static String tagClass(Path table) throws IOException {
    StringBuilder java = head("Tag", "Tags of the data elements of PS3.6 and PS3.7, by keyword.");
    for (String[] row : rows(table)) {
      if (!row[3].isEmpty()) {
        // A repeating group's constant is its first member: 60xx3000 becomes 0x60003000.
        String tag = row[0].replace('x', '0');
        java.append(
            "\n  /** (%s,%s) %s%s. */\n"
                .formatted(
                    row[0].substring(0, 4), row[0].substring(4), escape(row[4]), retired(row, 5)));
        java.append("  public static final int %s = 0x%s;\n".formatted(row[3], tag));
      }
    }
    return java.append("}\n").toString();
  }

  private static String uidClass(Path table) throws IOException {
    StringBuilder java = head("Uid", "UIDs that PS3.6 registers, by keyword.");
    for (String[] row : rows(table)) {
      if (!row[2].isEmpty()) {
        java.append("\n  /** %s: %s%s. */\n".formatted(row[1], escape(row[3]), retired(row, 4)));
        java.append("  public static final String %s = \"%s\";\n".formatted(row[2], row[0]));
      }
    }
    return java.append("}\n").toString();
  }

  private static StringBuilder head(String name, String summary) {
    return new StringBuilder()
        .append("package %s;\n\n".formatted(PACKAGE))
        .append("/** %s Generated: do not edit. */\n".formatted(summary))
        .append("public final class %s {\n\n  private %s() {}\n".formatted(name, name));
  }

  private static String retired(String[] row, int column) {
    return row[column].isEmpty() ? "" : " (retired)";
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace("*/", "* /")
        .replace("@", "{@literal @}");
  }

  private static List<String[]> rows(Path table) throws IOException {
    List<String[]> rows = new ArrayList<>();
    for (String line : Files.readAllLines(table)) {
      if (!line.startsWith("#")) {
        rows.add(line.split("\t", -1));
      }
    }
    return rows;
  }

  /** Leaves an up-to-date file alone, so that an unchanged dictionary recompiles nothing. */
  private static void write(Path file, String text) throws IOException {
    if (!Files.exists(file) || !Files.readString(file).equals(text)) {
      Files.writeString(file, text);
    }
  }
}
