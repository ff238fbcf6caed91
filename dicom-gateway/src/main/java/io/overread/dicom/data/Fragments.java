package io.overread.dicom.data;

import java.util.List;

/**
 * Encapsulated pixel data (PS3.5 A.4).
 *
 * @param basicOffsetTable the first item's value: empty, or little endian 32-bit offsets
 * @param fragments the items after the table; {@link Region}s where they were read from a file
 */
public record Fragments(Octets basicOffsetTable, List<Octets> fragments) implements Value {

  public Fragments {
    fragments = List.copyOf(fragments);
  }
}
