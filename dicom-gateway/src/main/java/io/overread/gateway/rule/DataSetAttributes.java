package io.overread.gateway.rule;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.Element;
import io.overread.dicom.data.Sequence;
import java.util.List;
import java.util.stream.Stream;

/** The attributes of a data set. Its hostile forms are bounded: so many values, so many items. */
public record DataSetAttributes(DataSet dataSet) implements Attributes {

  private static final int MOST_VALUES = 256;
  private static final int MOST_ITEMS = 64;

  @Override
  public List<String> values(AttributePath path) {
    return at(dataSet, path.tags()).limit(MOST_VALUES).toList();
  }

  private static Stream<String> at(DataSet dataSet, List<Integer> tags) {
    if (tags.size() > 1) {
      return dataSet.items(tags.getFirst()).stream()
          .limit(MOST_ITEMS)
          .flatMap(item -> at(item, tags.subList(1, tags.size())));
    }
    return dataSet.find(tags.getFirst()).stream().flatMap(element -> values(dataSet, element));
  }

  private static Stream<String> values(DataSet dataSet, Element element) {
    if (element.isEmpty()) {
      return Stream.empty();
    }
    if (element.value() instanceof Sequence sequence) {
      return Stream.of("(%d items)".formatted(sequence.items().size()));
    }
    List<String> texts =
        dataSet.strings(element.tag()).stream()
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .toList();
    // Of nothing but padding there is no value; bytes that are no text are one all the same.
    boolean text = element.vr().isText();
    return texts.isEmpty() && !text ? Stream.of("(bytes)") : texts.stream();
  }
}
