package io.overread.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DCMTK and this toolkit agree about files, and DCMTK reads what this toolkit writes. */
class DcmdumpIT {

  /** Where the two may differ, and why. */
  private static final Map<String, String> READ_DIFFERENTLY =
      Map.of(
          "bad_sequence.dcm", "dcmdump leaves a known sequence that stands as UN unread",
          "rtdose_rle.dcm", "dcmdump leaves a known sequence that stands as UN unread");

  /** DCMTK's own names for what is one of several representations. */
  private static final Map<String, Set<String>> DCMTK_NAMES =
      Map.of(
          "up", Set.of("UL"),
          "xs", Set.of("US", "SS"),
          "ox", Set.of("OB", "OW"),
          "px", Set.of("OB", "OW"),
          "lt", Set.of("OW", "US", "SS"),
          "??", Set.of("UN"),
          "SQ", Set.of("SQ", "UN"));

  @TempDir Path folder;

  @BeforeEach
  void dcmdump_is_installed() {
    Dcmdump.assumeInstalled();
  }

  @Test
  void dcmtk_and_this_toolkit_read_the_same_elements_from_every_sound_file()
      throws IOException, InterruptedException {
    List<String> differences = new ArrayList<>();
    for (Path path : SharedDicomFiles.all()) {
      String name = path.getFileName().toString();
      if (READ_DIFFERENTLY.containsKey(name)) {
        continue;
      }
      DicomFile file;
      List<Dcmdump.Line> theirs;
      try {
        file = DicomFile.open(path);
        theirs = Dcmdump.of(path);
      } catch (DicomFormatException | IOException oneOfThemRejects) {
        continue;
      }
      List<Dcmdump.Line> ours = new ArrayList<>();
      lines(file.meta().elements(), 0, ours);
      lines(file.dataSet(), 0, ours);
      difference(ours, theirs).ifPresent(d -> differences.add(name + ": " + d));
    }
    assertThat(differences).isEmpty();
  }

  @Test
  void dcmtk_reads_what_this_toolkit_writes() throws IOException, InterruptedException {
    for (TransferSyntax syntax :
        List.of(
            TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN,
            TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN,
            TransferSyntax.EXPLICIT_VR_BIG_ENDIAN,
            TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN,
            TransferSyntax.of(Uid.JPEGBaseline8Bit))) {
      for (int seed = 0; seed < 4; seed++) {
        GeneratedDataSet generated = new GeneratedDataSet(seed);
        DataSet dataSet =
            syntax.encapsulated() ? generated.withFragments() : generated.withNativePixels();
        dataSet.remove(Tag.FloatPixelData).remove(Tag.DoubleFloatPixelData);
        Path path = folder.resolve(seed + "-" + syntax.uid() + ".dcm");
        DicomFile.write(path, FileMeta.of(Uid.CTImageStorage, "1.2.3", syntax.uid()), dataSet);

        DicomFile file = DicomFile.open(path);
        List<Dcmdump.Line> ours = new ArrayList<>();
        lines(file.meta().elements(), 0, ours);
        lines(file.dataSet(), 0, ours);
        assertThat(difference(ours, Dcmdump.of(path))).as(path.toString()).isEmpty();
      }
    }
  }

  private static Optional<String> difference(List<Dcmdump.Line> ours, List<Dcmdump.Line> theirs) {
    List<Dcmdump.Line> elements =
        theirs.stream().filter(line -> line.tag() >>> 16 != 0xFFFE).toList();
    for (int i = 0; i < Math.min(ours.size(), elements.size()); i++) {
      Dcmdump.Line our = ours.get(i);
      Dcmdump.Line their = elements.get(i);
      boolean same =
          our.tag() == their.tag()
              && our.depth() == their.depth()
              && DCMTK_NAMES.getOrDefault(their.vr(), Set.of(their.vr())).contains(our.vr())
              && (our.length() < 0
                  || their.length() < 0
                  || EncodedLength.even(our.length()) == their.length())
              && (our.text() == null || their.text() == null || our.text().equals(their.text()));
      if (!same) {
        return Optional.of(our + " against " + their);
      }
    }
    return ours.size() == elements.size()
        ? Optional.empty()
        : Optional.of(ours.size() + " elements against " + elements.size());
  }

  private static void lines(DataSet dataSet, int depth, List<Dcmdump.Line> lines) {
    for (Element element : dataSet) {
      boolean octets = element.value() instanceof Octets;
      String text =
          element.vr().isText() && element.value() instanceof Bytes bytes
              ? new String(bytes.array(), StandardCharsets.ISO_8859_1).replaceAll("[ \0]", "")
              : null;
      if (text != null && text.indexOf('\n') >= 0) {
        text = null; // dcmdump breaks the line too.
      }
      lines.add(
          new Dcmdump.Line(
              depth, element.tag(), element.vr().name(), octets ? element.length() : -1, text));
      for (DataSet item : dataSet.items(element.tag())) {
        lines(item, depth + 2, lines);
      }
    }
  }
}
