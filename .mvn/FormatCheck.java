import com.google.googlejavaformat.java.Formatter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The project's one formatter (google-java-format). Fails on a file that it would write otherwise;
 * with {@code fix} it writes it.
 */
class FormatCheck {
  public static void main(String[] arguments) throws Exception {
    Path root = Path.of(arguments[0]);
    boolean fix = arguments.length > 1 && arguments[1].equals("fix");
    Formatter formatter = new Formatter();
    int wrong = 0;
    for (Path file : javaFiles(root)) {
      String source = Files.readString(file);
      String wanted = formatter.formatSourceAndFixImports(source);
      if (source.equals(wanted)) {
        continue;
      }
      if (fix) {
        Files.writeString(file, wanted);
      } else {
        System.err.println("not formatted: " + root.relativize(file));
        wrong++;
      }
    }
    if (wrong > 0) {
      System.err.println("run: mvn -N validate -Dformat=fix");
      System.exit(1);
    }
  }

  private static List<Path> javaFiles(Path root) throws Exception {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> root.relativize(file).toString().contains("src/"))
          .filter(file -> !file.toString().contains("/target/"))
          .filter(file -> !file.toString().contains("/node_modules/"))
          .toList();
    }
  }
}
