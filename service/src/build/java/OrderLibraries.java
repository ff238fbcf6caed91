import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Puts the libraries within the executable jar into the order of a list, the others behind them as
 * they were. Spring Boot's loader looks for each class in one library after the other, in the order
 * in which they lie in the jar, and a reproducible build sorts them by name: a start then spends
 * half its time in looking into libraries of which it needs nothing.
 *
 * <p>The list has one name a line, without version ({@code spring-core}) or with the beginning of
 * one ({@code jackson-core-3}).
 */
final class OrderLibraries {
  private static final String LIBRARIES = "BOOT-INF/lib/";
  private static final String INDEX = "BOOT-INF/classpath.idx";

  private OrderLibraries() {}

  public static void main(String[] arguments) throws IOException {
    Path jar = Path.of(arguments[0]);
    List<String> first = Files.readAllLines(Path.of(arguments[1]));
    requireEach(first, jar);
    Path ordered = jar.resolveSibling(jar.getFileName() + ".ordered");
    try (ZipFile from = new ZipFile(jar.toFile());
        ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(ordered))) {
      List<ZipEntry> entries = new ArrayList<>(from.stream().toList());
      List<ZipEntry> libraries =
          entries.stream()
              .filter(OrderLibraries::isLibrary)
              .sorted(Comparator.comparingInt(entry -> place(entry, first)))
              .toList();
      int at =
          entries.indexOf(entries.stream().filter(OrderLibraries::isLibrary).findFirst().get());
      entries.removeAll(libraries);
      entries.addAll(at, libraries);
      for (ZipEntry entry : entries) {
        copy(entry, from, to, libraries);
      }
    }
    Files.move(ordered, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  /** A name that fits nothing any more would quietly cost what the list is there to save. */
  private static void requireEach(List<String> first, Path jar) throws IOException {
    try (ZipFile from = new ZipFile(jar.toFile())) {
      List<String> libraries =
          from.stream().filter(OrderLibraries::isLibrary).map(OrderLibraries::name).toList();
      for (String wanted : first) {
        if (libraries.stream().noneMatch(library -> fits(library, wanted))) {
          throw new IllegalArgumentException("the jar has no library " + wanted);
        }
      }
    }
  }

  private static boolean isLibrary(ZipEntry entry) {
    return entry.getName().startsWith(LIBRARIES) && entry.getName().endsWith(".jar");
  }

  private static int place(ZipEntry library, List<String> first) {
    String name = name(library);
    for (int i = 0; i < first.size(); i++) {
      if (fits(name, first.get(i))) {
        return i;
      }
    }
    return first.size();
  }

  private static String name(ZipEntry library) {
    return library.getName().substring(LIBRARIES.length());
  }

  private static boolean fits(String library, String wanted) {
    return library.matches("\\Q" + wanted + "\\E[-.]\\d.*");
  }

  private static void copy(
      ZipEntry entry, ZipFile from, ZipOutputStream to, List<ZipEntry> libraries)
      throws IOException {
    if (entry.getName().equals(INDEX)) {
      writeIndex(entry, to, libraries);
      return;
    }
    ZipEntry written = new ZipEntry(entry);
    if (written.getMethod() == ZipEntry.DEFLATED) {
      written.setCompressedSize(-1);
    }
    to.putNextEntry(written);
    try (InputStream content = from.getInputStream(entry)) {
      content.transferTo(to);
    }
    to.closeEntry();
  }

  /** The order for those who extract the jar. */
  private static void writeIndex(ZipEntry entry, ZipOutputStream to, List<ZipEntry> libraries)
      throws IOException {
    StringBuilder index = new StringBuilder();
    libraries.forEach(library -> index.append("- \"").append(library.getName()).append("\"\n"));
    ZipEntry written = new ZipEntry(INDEX);
    written.setLastModifiedTime(entry.getLastModifiedTime());
    to.putNextEntry(written);
    to.write(index.toString().getBytes(StandardCharsets.UTF_8));
    to.closeEntry();
  }
}
