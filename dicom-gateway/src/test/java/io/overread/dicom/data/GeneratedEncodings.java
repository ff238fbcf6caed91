package io.overread.dicom.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Generated data sets as bytes. */
public final class GeneratedEncodings {
  static final int COUNT = 10;

  private GeneratedEncodings() {}

  /** So many, always the same. */
  public static List<byte[]> of(TransferSyntax syntax) throws IOException {
    List<byte[]> originals = new ArrayList<>();
    for (int seed = 0; seed < COUNT; seed++) {
      GeneratedDataSet generated = new GeneratedDataSet(seed);
      DataSet dataSet =
          syntax.encapsulated() ? generated.withFragments() : generated.withNativePixels();
      originals.add(DataSetRoundTripTest.write(dataSet, syntax, LengthEncoding.AS_READ));
    }
    return originals;
  }
}
