package io.overread.gateway.dicomweb.search;

/** What is searched for (PS3.18 10.6). */
public enum SearchLevel {
  STUDY,
  SERIES,
  INSTANCE
}
