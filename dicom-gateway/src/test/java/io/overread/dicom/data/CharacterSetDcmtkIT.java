package io.overread.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All but ISO 2022 Japanese, which Debian's DCMTK does not convert. */
@DisplayName("Names as DCMTK converts them to UTF-8")
class CharacterSetDcmtkIT {
  @TempDir private Path folder;

  @BeforeEach
  void dcmdump_is_installed() {
    Dcmdump.assumeInstalled();
  }

  @DisplayName("A name of each repertoire, in our own encoding")
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "ISO_IR 100 | Buc^Jérôme",
        "ISO_IR 101 | Wałęsa^Lech",
        "ISO_IR 109 | Ĥu^A",
        "ISO_IR 110 | ļnis^A",
        "ISO_IR 144 | Люкceмбypг",
        "ISO_IR 127 | قباني^لنزار",
        "ISO_IR 126 | Διονυσιος",
        "ISO_IR 138 | שרון^דבורה",
        "ISO_IR 148 | İstanbul^A",
        "ISO_IR 166 | สมชาย^A",
        "ISO_IR 192 | Wang^XiaoDong=王^小东",
        "GB18030 | Wang^XiaoDong=王^小东",
        "GBK | Zhang=昞^昢",
        "\\ISO 2022 IR 149 | Hong^Gildong=洪^吉洞=홍^길동",
        "\\ISO 2022 IR 58 | Zhang^XiaoDong=张^小东",
      })
  void names(String terms, String name) throws IOException, InterruptedException {
    DataSet dataSet = DataSet.withCharacterSet(terms.split("\\\\", -1));
    dataSet.putString(Tag.SOPClassUID, Uid.SecondaryCaptureImageStorage);
    dataSet.putString(Tag.SOPInstanceUID, "2.25.1").putString(Tag.PatientName, name);
    dataSet.putString(Tag.OtherPatientNames, name, name);
    Path file = folder.resolve("named.dcm");
    DicomFile.write(
        file,
        FileMeta.of(Uid.SecondaryCaptureImageStorage, "2.25.1", Uid.ExplicitVRLittleEndian),
        dataSet);

    assertThat(convertedByDcmtk(file))
        .contains("[" + name + "]")
        .contains("[" + name + "\\" + name + "]");
    DataSet read = DicomFile.open(file).dataSet();
    assertThat(read.string(Tag.PatientName)).contains(name);
    assertThat(read.strings(Tag.OtherPatientNames)).containsExactly(name, name);
    Files.delete(file);
  }

  private static String convertedByDcmtk(Path file) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "dcmdump", "-q", "+L", "+U8", "+P", "0010,0010", "+P", "0010,1001", "" + file)
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed;
  }
}
