package io.overread.dicom.dictionary;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads the tab-separated tables that lie beside this class as resources. */
final class DictionaryTable {

  private DictionaryTable() {}

  static List<String[]> rows(String resource) {
    try (InputStream in = DictionaryTable.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("The dictionary table " + resource + " is not packaged");
      }
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
