package io.overread.db;

/** A migrated PostgreSQL database for one test. */
public final class TestDatabase {
  private TestDatabase() {}
}
