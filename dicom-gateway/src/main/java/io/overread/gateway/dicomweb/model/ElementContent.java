package io.overread.gateway.dicomweb.model;

import io.overread.dicom.data.Bytes;
import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.Element;
import io.overread.dicom.data.Sequence;
import io.overread.dicom.data.TagNumber;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.DataElementDictionary;
import io.overread.dicom.dictionary.Tag;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Decides how the value of an element is written. */
final class ElementContent {

  /** Binary values above this many bytes are linked, if there is a link. */
  private static final int LONGEST_INLINE = 1024;

  /** What a double keeps of a decimal number, whoever reads it. */
  private static final int SURE_DIGITS = 15;

  /** Whole numbers up to here are the same in every reader of JSON (RFC 8259 6). */
  private static final long SURE_WHOLE = 1L << 53;

  private static final int LARGEST_EXPONENT = 300;

  private ElementContent() {}

  /** Whether the element belongs into a model at all (F.2.2: group lengths do not). */
  static boolean isWritten(Element element) {
    return !TagNumber.isGroupLength(element.tag());
  }

  /** Eight upper-case hexadecimal digits. */
  static String tag(int tag) {
    return String.format(Locale.ROOT, "%08X", tag);
  }

  /**
   * The representation that is written: an element that its writer did not know, but the dictionary
   * does, is taken for what it is (PS3.5 6.2.2).
   */
  static Vr vr(Element element) {
    if (element.vr() != Vr.UN || !(element.value() instanceof Bytes)) {
      return element.vr();
    }
    return DataElementDictionary.find(element.tag())
        .flatMap(entry -> Vr.of(entry.valueRepresentation()))
        .filter(known -> known != Vr.SQ)
        .orElse(Vr.UN);
  }

  static Content of(DataSet dataSet, Element element, String path, BulkDataLinks links) {
    if (element.tag() == Tag.SpecificCharacterSet) {
      // Both models are UTF-8 whatever the data set was.
      return new Content.Text(List.of("ISO_IR 192"));
    }
    if (element.value() instanceof Sequence sequence) {
      return sequence.items().isEmpty() ? new Content.Empty() : new Content.Items(sequence.items());
    }
    if (element.isEmpty()) {
      return new Content.Empty();
    }
    return element.value() instanceof Bytes bytes
        ? held(dataSet, element, bytes, path, links)
        : linked(path, links);
  }

  private static Content linked(String path, BulkDataLinks links) {
    return links.uri(path).<Content>map(Content.Bulk::new).orElseGet(Content.Empty::new);
  }

  private static Content held(
      DataSet dataSet, Element element, Bytes bytes, String path, BulkDataLinks links) {
    int tag = element.tag();
    return switch (vr(element)) {
      case OB, OD, OF, OL, OV, OW, UN ->
          bytes.length() > LONGEST_INLINE && links.uri(path).isPresent()
              ? linked(path, links)
              : new Content.Binary(bytes);
      case SQ -> new Content.Empty();
      case PN -> text(dataSet.strings(tag), Content.Names::new);
      case IS, DS -> text(dataSet.strings(tag), values -> numbers(values, ElementContent::printed));
      case FL ->
          numbers(boxed(dataSet.decimals(tag)), number -> finite(number, number.floatValue()));
      case FD -> numbers(boxed(dataSet.decimals(tag)), number -> finite(number, number));
      case SV, UV -> numbers(dataSet.strings(tag), ElementContent::wide);
      case US, SS, UL, SL -> numbers(dataSet.strings(tag), Long::valueOf);
      case AT ->
          new Content.Text(
              dataSet.strings(tag).stream().map(each -> each.replaceAll("[(),]", "")).toList());
      default -> text(dataSet.strings(tag), Content.Text::new);
    };
  }

  /** Blanks alone are no value. */
  private static Content text(List<String> values, Function<List<String>, Content> form) {
    return values.isEmpty() || (values.size() == 1 && values.getFirst().isEmpty())
        ? new Content.Empty()
        : form.apply(values);
  }

  private static <T> Content numbers(List<T> values, Function<T, Object> form) {
    List<Object> written = new ArrayList<>(values.size());
    for (T value : values) {
      written.add(form.apply(value));
    }
    return written.isEmpty() ? new Content.Empty() : new Content.Numbers(written);
  }

  /** A number where no reader can lose a digit of it, else the text itself (F.2.3). */
  private static Object printed(String text) {
    try {
      BigDecimal number = new BigDecimal(text.strip());
      boolean sure =
          number.precision() <= SURE_DIGITS && Math.abs((long) number.scale()) <= LARGEST_EXPONENT;
      return sure ? number : text;
    } catch (NumberFormatException notANumber) {
      return text;
    }
  }

  private static Object wide(String text) {
    BigDecimal number = new BigDecimal(text);
    return number.abs().compareTo(BigDecimal.valueOf(SURE_WHOLE)) <= 0 ? number : text;
  }

  /** JSON has no word for what is not finite. */
  private static Object finite(Double number, Object form) {
    return Double.isFinite(number) ? form : number.toString();
  }

  private static List<Double> boxed(double[] values) {
    List<Double> boxed = new ArrayList<>(values.length);
    for (double value : values) {
      boxed.add(value);
    }
    return boxed;
  }
}
