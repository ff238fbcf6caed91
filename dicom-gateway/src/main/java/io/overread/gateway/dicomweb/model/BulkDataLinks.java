package io.overread.gateway.dicomweb.model;

import java.util.Optional;

/** Where long values are to be had (PS3.18 F.2.6). */
@FunctionalInterface
public interface BulkDataLinks {

  /** Long values can't be had: they are left out. */
  BulkDataLinks NONE = path -> Optional.empty();

  /**
   * The URI of a value.
   *
   * @param path tags of eight hexadecimal digits and item numbers from 1, such as {@code
   *     00400555/1/0040A160}
   */
  Optional<String> uri(String path);
}
