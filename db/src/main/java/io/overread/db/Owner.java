package io.overread.db;

/** The role that owns the tables: used for migrations only, then forgotten. */
record Owner(String url, String user, String password) {

  @Override
  public String toString() {
    return "Owner[" + user + " of " + url + "]";
  }
}
