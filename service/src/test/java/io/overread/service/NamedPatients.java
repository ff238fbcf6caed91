package io.overread.service;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DicomFile;
import io.overread.dicom.data.FileMeta;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A study of a patient for each repertoire, most names as in PS3.5 Annexes H to K byte for byte. */
final class NamedPatients {
  /** Specific Character Set, the bytes of Patient's Name, and the name. */
  private static final String[][] NAMES = {
    {"ISO_IR 100", "Buc^J<E9>r<F4>me", "Buc^Jérôme"},
    {"ISO_IR 101", "Wa<B3><EA>sa", "Wałęsa"},
    {"ISO_IR 109", "<A6>u", "Ĥu"},
    {"ISO_IR 110", "<B6>nis", "ļnis"},
    {"ISO_IR 144", "<BB><EE><DA>ce<DC><D1>yp<D3>", "Люкceмбypг"},
    {"ISO_IR 127", "<E2><C8><C7><E6><EA>^<E4><E6><D2><C7><D1>", "قباني^لنزار"},
    {"ISO_IR 126", "<C4><E9><EF><ED><F5><F3><E9><EF><F2>", "Διονυσιος"},
    {"ISO_IR 138", "<F9><F8><E5><EF>^<E3><E1><E5><F8><E4>", "שרון^דבורה"},
    {"ISO_IR 148", "<DD>stanbul", "İstanbul"},
    {"ISO_IR 203", "<BD>uvre", "œuvre"},
    {"ISO_IR 166", "<CA><C1><AA><D2><C2>", "สมชาย"},
    {
      "ISO_IR 192",
      "Wang^XiaoDong=<E7><8E><8B>^<E5><B0><8F><E4><B8><9C>=",
      "Wang^XiaoDong=王^小东="
    },
    {"GB18030", "Wang^XiaoDong=<CD><F5>^<D0><A1><B6><AB>=", "Wang^XiaoDong=王^小东="},
    // The second bytes are those of the backslash and the caret.
    {"GBK", "Zhang^A=<95>\\<95>^^<D0><A1>", "Zhang^A=昞昢^小"},
    {"ISO_IR 13", "<D4><CF><C0><DE>^<C0><DB><B3>", "ﾔﾏﾀﾞ^ﾀﾛｳ"},
    {
      "\\ISO 2022 IR 87",
      "Yamada^Tarou=<1B>$B;3ED<1B>(B^<1B>$BB@O:<1B>(B="
          + "<1B>$B$d$^$@<1B>(B^<1B>$B$?$m$&<1B>(B",
      "Yamada^Tarou=山田^太郎=やまだ^たろう"
    },
    // 施枝蚕 has the codes of backslash, caret and equals sign as second bytes.
    {"\\ISO 2022 IR 87", "A=<1B>$B;\\;^;=<1B>(B^<1B>$BB@O:<1B>(B", "A=施枝蚕^太郎"},
    {
      "ISO 2022 IR 13\\ISO 2022 IR 87",
      "<D4><CF><C0><DE>^<C0><DB><B3>=<1B>$B;3ED<1B>(J^<1B>$BB@O:<1B>(J="
          + "<1B>$B$d$^$@<1B>(J^<1B>$B$?$m$&<1B>(J",
      "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう"
    },
    {
      "\\ISO 2022 IR 149",
      "Hong^Gildong=<1B>$)C<FB><F3>^<1B>$)C<D1><CE><D4><D7>="
          + "<1B>$)C<C8><AB>^<1B>$)C<B1><E6><B5><BF>",
      "Hong^Gildong=洪^吉洞=홍^길동"
    },
    {
      "\\ISO 2022 IR 58",
      "Zhang^XiaoDong=<1B>$)A<D5><C5>^<1B>$)A<D0><A1><B6><AB>=",
      "Zhang^XiaoDong=张^小东="
    },
    {"ISO 2022 IR 100\\ISO 2022 IR 126", "J<E9>^<1B>-F<C4>", "Jé^Δ"},
  };

  private NamedPatients() {}

  static int count() {
    return NAMES.length;
  }

  static String study(int index) {
    return "2.25.8." + index;
  }

  static String patientId(int index) {
    return "CS" + index;
  }

  static String name(int index) {
    return NAMES[index][2];
  }

  static Path write(Path folder, int index) throws IOException {
    DataSet dataSet = DataSet.withCharacterSet(NAMES[index][0].split("\\\\", -1));
    String instance = study(index) + ".1.1";
    dataSet.putString(Tag.SOPClassUID, Uid.SecondaryCaptureImageStorage);
    dataSet.putString(Tag.SOPInstanceUID, instance).putString(Tag.PatientID, patientId(index));
    dataSet.putString(Tag.StudyInstanceUID, study(index));
    dataSet.putString(Tag.SeriesInstanceUID, study(index) + ".1");
    dataSet.putString(Tag.Modality, "OT");
    dataSet.putBytes(Tag.PatientName, Vr.PN, bytes(NAMES[index][1]));
    Path file = folder.resolve(index + ".dcm");
    FileMeta meta =
        FileMeta.of(Uid.SecondaryCaptureImageStorage, instance, Uid.ExplicitVRLittleEndian);
    DicomFile.write(file, meta, dataSet);
    return file;
  }

  /** Bytes as hexadecimal digits in angle brackets, other characters as themselves. */
  private static byte[] bytes(String notation) {
    StringBuilder latin1 = new StringBuilder();
    for (int i = 0; i < notation.length(); i++) {
      if (notation.charAt(i) == '<') {
        latin1.append((char) Integer.parseInt(notation.substring(i + 1, i + 3), 16));
        i += 3;
      } else {
        latin1.append(notation.charAt(i));
      }
    }
    if (latin1.length() % 2 != 0) {
      latin1.append(' ');
    }
    return latin1.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
