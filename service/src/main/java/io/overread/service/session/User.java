package io.overread.service.session;

import java.util.Set;

/**
 * A local user.
 *
 * @param username lower case, what the audit trail shows
 * @param displayName what a signed report shows
 * @param roles at least one
 */
public record User(String username, String displayName, Set<Role> roles) {
  public User {
    roles = Set.copyOf(roles);
  }
}
