package io.overread.dicom.net.pdu;

import java.util.List;

/**
 * P-DATA-TF, PS3.8 9.3.5.
 *
 * @param values one or more presentation data values
 */
public record PDataTf(List<PresentationDataValue> values) implements Pdu {
  /** Bytes of a P-DATA-TF beside its fragment, where it has one: item length, context, header. */
  public static final int FRAGMENT_OVERHEAD = 6;

  /** Checks that there is a value. */
  public PDataTf {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("a P-DATA-TF holds at least one value");
    }
  }
}
