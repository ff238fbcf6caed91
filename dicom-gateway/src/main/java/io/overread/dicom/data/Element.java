package io.overread.dicom.data;

import io.overread.dicom.dictionary.DataElementDictionary;

/** A data element (PS3.5 7.1). */
public record Element(int tag, Vr vr, Value value) {

  /**
   * In bytes, padding included; 0 for sequences and fragments, whose length is a matter of
   * encoding.
   */
  public long length() {
    return value instanceof Octets octets ? octets.length() : 0;
  }

  /** No value at all (type 2 elements may be so). */
  public boolean isEmpty() {
    return switch (value) {
      case Octets octets -> octets.length() == 0;
      case Sequence sequence -> sequence.items().isEmpty();
      case Fragments fragments -> fragments.fragments().isEmpty();
    };
  }

  /** Tag, representation and keyword, never the value: safe for logs. */
  @Override
  public String toString() {
    return "%s %s %s".formatted(TagNumber.toString(tag), vr, DataElementDictionary.keyword(tag));
  }
}
