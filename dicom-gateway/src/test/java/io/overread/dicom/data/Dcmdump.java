package io.overread.dicom.data;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** DCMTK's dcmdump, a second opinion about the content of a file. */
final class Dcmdump {

  private static final Pattern ELEMENT =
      Pattern.compile("(?s)( *)\\((\\p{XDigit}{4}),(\\p{XDigit}{4})\\) (\\S\\S) (.*)");
  private static final Pattern LENGTH = Pattern.compile(" # +(\\d+), ?\\d* ?\\S*$");

  private Dcmdump() {}

  /**
   * A printed line.
   *
   * @param length of the value in bytes, -1 where none is printed
   * @param text the value of a text element that fits the line, without blanks
   */
  record Line(int depth, int tag, String vr, long length, @Nullable String text) {}

  /** Skipped where the tool is not installed, but not in CI. */
  static void assumeInstalled() {
    boolean installed =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "dcmdump")));
    if (!installed && "true".equals(System.getenv("CI"))) {
      throw new IllegalStateException("CI=true, but dcmdump (package dcmtk) is not installed");
    }
    assumeTrue(installed, "skipped: dcmdump (package dcmtk) is not installed");
  }

  /** Bytes of values are printed as Latin-1 characters; file meta information included. */
  static List<Line> of(Path file) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("dcmdump", "-q", "+L", "-Un", file.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    int status = process.waitFor();
    if (status != 0) {
      throw new IOException("dcmdump ends with status " + status + " on " + file.getFileName());
    }
    List<Line> lines = new ArrayList<>();
    for (String line : printed.split("\n")) {
      Matcher element = ELEMENT.matcher(line);
      if (element.matches()) {
        lines.add(line(element));
      }
    }
    return lines;
  }

  private static Line line(Matcher element) {
    String rest = element.group(5);
    Matcher length = LENGTH.matcher(rest);
    boolean hasLength = length.find();
    int end = hasLength ? rest.lastIndexOf(']', length.start()) : -1;
    return new Line(
        element.group(1).length() / 2,
        Integer.parseUnsignedInt(element.group(2) + element.group(3), 16),
        element.group(4),
        hasLength ? Long.parseLong(length.group(1)) : -1,
        rest.startsWith("[") && end > 0 ? rest.substring(1, end).replaceAll("[ \0]", "") : null);
  }
}
