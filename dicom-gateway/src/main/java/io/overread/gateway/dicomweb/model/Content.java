package io.overread.gateway.dicomweb.model;

import io.overread.dicom.data.Bytes;
import io.overread.dicom.data.DataSet;
import java.util.List;

/** The value of a data element as both models write it (PS3.18 F.2.2, PS3.19 A.1.5). */
sealed interface Content {

  /** No value (F.2.5). */
  record Empty() implements Content {}

  /** Characters; an empty text is a value that is missing between others. */
  record Text(List<String> values) implements Content {}

  /** Person Names, each as a DICOM value with its component groups. */
  record Names(List<String> values) implements Content {}

  /** Numbers, and text where it is no number or must keep its digits. */
  record Numbers(List<Object> values) implements Content {}

  /** The items of a sequence. */
  record Items(List<DataSet> items) implements Content {}

  /** Little endian bytes. */
  record Binary(Bytes bytes) implements Content {}

  /** A value to be asked for separately. */
  record Bulk(String uri) implements Content {}
}
