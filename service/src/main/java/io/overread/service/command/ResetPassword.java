package io.overread.service.command;

import io.overread.audit.AuditAct;
import io.overread.audit.AuditAction;
import io.overread.audit.AuditTrail;
import io.overread.audit.Outcome;
import io.overread.db.Database;
import io.overread.db.DatabaseException;
import io.overread.service.session.DrawnPassword;
import io.overread.service.session.Users;
import java.sql.Connection;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * {@code password}: a new password for a user who lost theirs. Whoever can read the data folder
 * may; the audit chain says that it happened.
 */
final class ResetPassword {
  private ResetPassword() {}

  static int run(List<String> words) {
    if (words.size() > 1) {
      throw new UsageException("say: password [USER]");
    }
    String username = words.isEmpty() ? "admin" : words.getFirst();
    try {
      return Database.connected(
          Environment.ofProcess().settings().database(), connection -> reset(connection, username));
    } catch (DatabaseException | IllegalArgumentException e) {
      System.err.println("overread: " + e.getMessage());
      return CommandLine.FAILED;
    }
  }

  private static int reset(Connection connection, String username) {
    SingleConnectionDataSource source = new SingleConnectionDataSource(connection, true);
    Clock clock = Clock.systemUTC();
    Users users =
        new Users(
            new JdbcTemplate(source),
            Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8(),
            clock);
    AuditTrail trail = new AuditTrail(source, clock);
    String password = DrawnPassword.draw();
    Boolean found =
        new TransactionTemplate(new JdbcTransactionManager(source))
            .execute(
                status -> {
                  if (!users.setPassword(username, password)) {
                    return false;
                  }
                  trail.append(
                      new AuditAct(
                          AuditAction.USER_PASSWORD_RESET,
                          Outcome.SUCCESS,
                          "service",
                          null,
                          username,
                          Map.of()));
                  return true;
                });
    if (!Boolean.TRUE.equals(found)) {
      System.err.println("overread: there is no user " + username);
      return CommandLine.FAILED;
    }
    System.out.println("The new password of " + username + " is " + password);
    return CommandLine.DONE;
  }
}
