package io.overread.gateway.dicomweb.retrieve;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DicomFile;
import io.overread.dicom.data.Element;
import io.overread.dicom.data.Octets;
import io.overread.gateway.instance.StoredInstance;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** A value of an instance by its path, as the links of the metadata have it. */
final class BulkData {

  /** Text up to this length is given in UTF-8; longer text as it is. */
  private static final int LONGEST_TEXT = 16 << 20;

  private static final int BLOCK = 64 * 1024;
  private static final Pattern PATH =
      Pattern.compile("[0-9A-Fa-f]{8}(/[1-9][0-9]{0,5}/[0-9A-Fa-f]{8}){0,31}");

  private BulkData() {}

  /** An element of a data set, or of an item of it. */
  static Optional<Element> find(DataSet dataSet, String path) {
    if (!PATH.matcher(path).matches()) {
      return Optional.empty();
    }
    return holder(dataSet, path)
        .flatMap(within -> within.find(Integer.parseUnsignedInt(last(path), 16)));
  }

  private static Optional<DataSet> holder(DataSet dataSet, String path) {
    String[] steps = path.split("/", -1);
    DataSet within = dataSet;
    for (int step = 0; step + 1 < steps.length; step += 2) {
      var items = within.items(Integer.parseUnsignedInt(steps[step], 16));
      int number = Integer.parseInt(steps[step + 1]);
      if (number > items.size()) {
        return Optional.empty();
      }
      within = items.get(number - 1);
    }
    return Optional.of(within);
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Writes a value: text in UTF-8, everything else in little endian. */
  static void write(
      StoredInstance instance, String path, Element element, Octets octets, OutputStream out)
      throws IOException {
    if (element.vr().isText() && octets.length() <= LONGEST_TEXT) {
      Optional<DataSet> read =
          Holdings.openWithValues(instance, LONGEST_TEXT)
              .map(DicomFile::dataSet)
              .flatMap(dataSet -> holder(dataSet, path));
      if (read.isPresent()) {
        String text = String.join("\\", read.get().strings(element.tag()));
        out.write(text.getBytes(StandardCharsets.UTF_8));
        return;
      }
    }
    int word = octets.byteOrder() == ByteOrder.BIG_ENDIAN ? element.vr().wordLength() : 1;
    try (InputStream in = octets.open()) {
      byte[] block = new byte[BLOCK];
      int count;
      while ((count = in.readNBytes(block, 0, block.length)) > 0) {
        swap(block, count, word);
        out.write(block, 0, count);
      }
    }
  }

  private static void swap(byte[] block, int count, int word) {
    for (int start = 0; start + word <= count && word > 1; start += word) {
      for (int low = start, high = start + word - 1; low < high; low++, high--) {
        byte held = block[low];
        block[low] = block[high];
        block[high] = held;
      }
    }
  }
}
