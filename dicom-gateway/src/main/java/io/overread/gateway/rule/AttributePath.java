package io.overread.gateway.rule;

import io.overread.dicom.data.TagNumber;
import io.overread.dicom.dictionary.DataElementDictionary;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An attribute, within the sequences that lead to it.
 *
 * @param tags at least one; all but the last are sequences
 */
public record AttributePath(List<Integer> tags) {

  /** Keeps its own copy. */
  public AttributePath {
    tags = List.copyOf(tags);
    if (tags.isEmpty()) {
      throw new IllegalArgumentException("a path leads to an attribute");
    }
  }

  /** The attribute itself. */
  public int last() {
    return tags.getLast();
  }

  /** By keywords, or tags where there are none, with a dot between. */
  @Override
  public String toString() {
    return tags.stream()
        .map(
            tag -> {
              String keyword = DataElementDictionary.keyword(tag);
              return keyword.isEmpty() ? TagNumber.toString(tag) : keyword;
            })
        .collect(Collectors.joining("."));
  }
}
