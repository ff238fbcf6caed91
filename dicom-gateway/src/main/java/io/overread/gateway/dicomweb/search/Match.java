package io.overread.gateway.dicomweb.search;

/** An attribute that has to match a value, as the request writes it. */
record Match(SearchKey key, String value) {

  /** An empty value, or a lone asterisk, matches whatever there is (PS3.4 C.2.2.2.3). */
  boolean isUniversal() {
    return value.isEmpty() || value.equals("*");
  }
}
