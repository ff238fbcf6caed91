package io.overread.dicom.data;

import java.util.List;

/**
 * The items of a sequence (PS3.5 7.5).
 *
 * @param undefinedLength whether it was read with a delimiter rather than a length; a writer keeps
 *     that unless told otherwise
 */
public record Sequence(List<DataSet> items, boolean undefinedLength) implements Value {

  public Sequence {
    items = List.copyOf(items);
  }
}
