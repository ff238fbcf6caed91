package io.overread.dicom.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DataSetDump;
import io.overread.dicom.data.Element;
import io.overread.dicom.data.Octets;
import io.overread.dicom.data.Sequence;
import io.overread.dicom.data.Vr;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares data sets element by element. Group lengths and lengths of sequences tell of the
 * encoding and aren't compared; where the file leaves the representation open, toolkits may differ
 * in it; trailing padding of text may be lost.
 */
final class SameElements {
  /** Without explicit VR, each is one of those that PS3.6 allows for an element. */
  private static final Set<Vr> SEVERAL_IN_THE_DICTIONARY = Set.of(Vr.US, Vr.SS, Vr.OB, Vr.OW);

  private SameElements() {}

  static void assertSame(DataSet expected, DataSet found, String where) throws IOException {
    Set<Integer> tags = tags(found);
    assertThat(tags).as(where).isEqualTo(tags(expected));
    for (int tag : tags) {
      Element one = expected.find(tag).orElseThrow();
      compare(one, found.find(tag).orElseThrow(), "%s (%08X)".formatted(where, tag));
    }
  }

  private static Set<Integer> tags(DataSet dataSet) {
    Set<Integer> tags = new TreeSet<>();
    dataSet.elements().stream()
        .map(Element::tag)
        .filter(tag -> (tag & 0xFFFF) != 0)
        .forEach(tags::add);
    return tags;
  }

  private static void compare(Element expected, Element found, String where) throws IOException {
    if (expected.value() instanceof Sequence one && found.value() instanceof Sequence other) {
      assertThat(other.items()).as(where).hasSameSizeAs(one.items());
      for (int i = 0; i < one.items().size(); i++) {
        assertSame(one.items().get(i), other.items().get(i), where + "[" + i + "]");
      }
      return;
    }
    if (isUnclear(expected.vr(), found.vr())) {
      if (expected.value() instanceof Octets one && found.value() instanceof Octets other) {
        assertThat(other.read(0, (int) other.length()))
            .as(where)
            .isEqualTo(one.read(0, (int) one.length()));
      }
      return;
    }
    assertThat(found.vr()).as(where).isEqualTo(expected.vr());
    if (expected.vr().isText()
        && expected.value() instanceof Octets one
        && found.value() instanceof Octets other) {
      assertThat(unpadded(other)).as(where).isEqualTo(unpadded(one));
    } else {
      assertThat(DataSetDump.of(new DataSet().put(found)))
          .as(where)
          .isEqualTo(DataSetDump.of(new DataSet().put(expected)));
    }
  }

  private static boolean isUnclear(Vr one, Vr other) {
    return one != other
        && (one == Vr.UN
            || other == Vr.UN
            || (SEVERAL_IN_THE_DICTIONARY.contains(one)
                && SEVERAL_IN_THE_DICTIONARY.contains(other)));
  }

  private static byte[] unpadded(Octets octets) throws IOException {
    byte[] bytes = octets.read(0, (int) octets.length());
    int length = bytes.length;
    while (length > 0 && (bytes[length - 1] == ' ' || bytes[length - 1] == 0)) {
      length--;
    }
    return Arrays.copyOf(bytes, length);
  }
}
