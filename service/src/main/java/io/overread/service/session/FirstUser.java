package io.overread.service.session;

import io.overread.audit.AuditAct;
import io.overread.audit.AuditAction;
import io.overread.audit.AuditTrail;
import io.overread.audit.Outcome;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes {@code admin}, who holds every role, when nobody can sign in yet. */
public class FirstUser {
  static final String NAME = "admin";
  private static final int SHORTEST_PASSWORD = 12;

  private final Users users;
  private final AuditTrail trail;
  private final TransactionTemplate transaction;

  public FirstUser(Users users, AuditTrail trail, TransactionTemplate transaction) {
    this.users = users;
    this.trail = trail;
    this.transaction = transaction;
  }

  /**
   * Makes the user if there is none.
   *
   * @param wanted the password to give it, or null to draw one
   * @return the password drawn, to be shown once; empty if none was
   */
  public Optional<String> ensure(@Nullable String wanted) {
    if (wanted != null && wanted.length() < SHORTEST_PASSWORD) {
      throw new IllegalArgumentException(
          "OVERREAD_ADMIN_PASSWORD has to have at least " + SHORTEST_PASSWORD + " characters");
    }
    if (!users.none()) {
      return Optional.empty();
    }
    String password = wanted == null ? DrawnPassword.draw() : wanted;
    transaction.executeWithoutResult(
        status -> {
          users.create(
              new User(NAME, "Administrator", Set.copyOf(Arrays.asList(Role.values()))), password);
          trail.append(
              new AuditAct(
                  AuditAction.USER_CREATED, Outcome.SUCCESS, "service", null, NAME, Map.of()));
        });
    return wanted == null ? Optional.of(password) : Optional.empty();
  }
}
