package io.overread.gateway.rule;

import java.util.List;

/** What a condition is asked of. */
@FunctionalInterface
public interface Attributes {

  /**
   * The values of an attribute that have one, in every item of the sequences on the way; none where
   * it is absent or empty.
   */
  List<String> values(AttributePath path);
}
