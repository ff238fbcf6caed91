package io.overread.dicom.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Lists what a data set says, and nothing of how it was encoded: equal lists, equal meaning. */
public final class DataSetDump {

  private DataSetDump() {}

  /** One line for each element, item and fragment. */
  public static List<String> of(DataSet dataSet) throws IOException {
    List<String> lines = new ArrayList<>();
    dump(dataSet, "", lines);
    return lines;
  }

  private static void dump(DataSet dataSet, String indent, List<String> lines) throws IOException {
    for (Element element : dataSet) {
      if (TagNumber.isGroupLength(element.tag())) {
        continue; // It tells about the encoding.
      }
      String head = indent + TagNumber.toString(element.tag()) + " " + element.vr();
      switch (element.value()) {
        case Octets octets -> lines.add(head + " " + digest(octets, element.vr()));
        case Sequence sequence -> {
          lines.add(head + " " + sequence.items().size() + " items");
          for (DataSet item : sequence.items()) {
            lines.add(indent + "item");
            dump(item, indent + "  ", lines);
          }
        }
        case Fragments fragments -> {
          lines.add(head + " offsets " + digest(fragments.basicOffsetTable(), Vr.OB));
          for (Octets fragment : fragments.fragments()) {
            lines.add(indent + "fragment " + digest(fragment, Vr.OB));
          }
        }
      }
    }
  }

  private static String digest(Octets octets, Vr vr) throws IOException {
    byte[] bytes;
    try (InputStream in = octets.open()) {
      bytes = in.readAllBytes();
    }
    if (octets.byteOrder() == ByteOrder.BIG_ENDIAN) {
      Encoding.reverseWords(bytes, bytes.length, vr.wordLength());
    }
    byte[] even = Arrays.copyOf(bytes, (int) EncodedLength.even(bytes.length));
    if (even.length > bytes.length) {
      even[bytes.length] = vr.padding();
    }
    if (even.length <= 64) {
      return HexFormat.of().formatHex(even);
    }
    try {
      return even.length
          + " "
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(even));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
