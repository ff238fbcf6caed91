package io.overread.reporting.review;

import java.util.Set;

/**
 * The person at the desk.
 *
 * @param username the name signed in with
 * @param displayName the person's name
 * @param roles roles held, such as {@code radiologist}
 */
public record Reviewer(String username, String displayName, Set<String> roles) {
  /** The only role that decides about reports. */
  public static final String RADIOLOGIST = "radiologist";

  /** Copies the roles. */
  public Reviewer {
    roles = Set.copyOf(roles);
    if (username.isBlank() || displayName.isBlank()) {
      throw new IllegalArgumentException("A reviewer has a user name and a name");
    }
  }

  boolean mayDecide() {
    return roles.contains(RADIOLOGIST);
  }

  String actor() {
    return "user:" + username;
  }
}
