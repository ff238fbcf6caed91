package io.overread.service.session;

import io.overread.audit.AuditAct;
import io.overread.audit.AuditAction;
import io.overread.audit.AuditTrail;
import io.overread.audit.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Checks a name and a password, for the console and for scripts alike: slows down guessing and
 * records who came in. A script sends its password with every request; it is recorded once an hour,
 * or the chain would hold nothing else.
 */
public class SignIn implements AuthenticationProvider {
  private static final int MOST_SCRIPTS = 1_000;
  private static final Duration SCRIPT_STAYS = Duration.ofHours(1);

  private final DaoAuthenticationProvider passwords;
  private final SignInLimiter limiter;
  private final AuditTrail trail;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final Map<String, Instant> scripts = new ConcurrentHashMap<>();

  public SignIn(
      DaoAuthenticationProvider passwords,
      SignInLimiter limiter,
      AuditTrail trail,
      TransactionTemplate transaction,
      Clock clock) {
    this.passwords = passwords;
    this.limiter = limiter;
    this.trail = trail;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** A script's request. */
  @Override
  public Authentication authenticate(Authentication request) {
    Authentication signedIn = check(request);
    recordScript(signedIn.getName());
    return signedIn;
  }

  /** A person signs in at the console. */
  Authentication signIn(String username, String password) {
    Authentication signedIn =
        check(UsernamePasswordAuthenticationToken.unauthenticated(username, password));
    record(AuditAction.USER_SIGNED_IN, Outcome.SUCCESS, signedIn.getName());
    return signedIn;
  }

  private Authentication check(Authentication request) {
    String name = request.getName().toLowerCase(Locale.ROOT);
    if (name.length() > 64) {
      throw new BadCredentialsException("The name or the password is wrong.");
    }
    var wait = limiter.wait(name);
    if (!wait.isZero()) {
      throw new LockedException(
          "Too many wrong passwords. Try again in " + (wait.toSeconds() + 1) + " seconds.");
    }
    try {
      Authentication signedIn = passwords.authenticate(request);
      if (signedIn == null) {
        throw new BadCredentialsException("The name or the password is wrong.");
      }
      limiter.succeeded(name);
      return signedIn;
    } catch (AuthenticationException e) {
      limiter.failed(name);
      record(AuditAction.USER_SIGN_IN_FAILED, Outcome.REFUSED, name);
      throw e;
    }
  }

  /** A session ended. */
  void signedOut(String name) {
    record(AuditAction.USER_SIGNED_OUT, Outcome.SUCCESS, name);
  }

  private void recordScript(String name) {
    Instant now = clock.instant();
    if (scripts.size() > MOST_SCRIPTS) {
      scripts.clear();
    }
    Instant before = scripts.get(name);
    if (before == null || before.plus(SCRIPT_STAYS).isBefore(now)) {
      scripts.put(name, now);
      record(AuditAction.USER_SIGNED_IN, Outcome.SUCCESS, name);
    }
  }

  private void record(AuditAction action, Outcome outcome, String name) {
    transaction.executeWithoutResult(
        status ->
            trail.append(new AuditAct(action, outcome, "user:" + name, null, null, Map.of())));
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return passwords.supports(authentication);
  }
}
