package io.overread.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;

/** A caller that asks a data set for everything. */
public final class ReadThrough {
  private ReadThrough() {}

  /** Everything that a caller may ask of what was read. */
  public static void useAll(DataSet dataSet) throws IOException {
    for (Element element : dataSet) {
      int tag = element.tag();
      dataSet.strings(tag);
      dataSet.integers(tag);
      dataSet.integer(tag);
      dataSet.decimals(tag);
      assertThat(dataSet.personName(tag).toString()).isNotEmpty();
      assertThat(element.toString()).isNotEmpty();
      if (element.value() instanceof Region region) {
        region.read(0, (int) Math.min(100, region.length()));
      }
      for (DataSet item : dataSet.items(tag)) {
        useAll(item);
      }
    }
    if (dataSet.elements().stream().noneMatch(e -> e.value() instanceof PassedOver)) {
      dataSet.copy();
    }
    try {
      new DataSetWriter(LengthEncoding.AS_READ)
          .write(
              dataSet, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, OutputStream.nullOutputStream());
    } catch (IOException passedOver) {
      assertThat(passedOver).hasMessageContaining("passed over");
    }
  }
}
