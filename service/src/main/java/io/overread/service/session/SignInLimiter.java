package io.overread.service.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows down guessing: after five wrong passwords for a name, the name has to wait, twice as long
 * with each further one, at most a quarter of an hour. Remembers a bounded number of names.
 */
public class SignInLimiter {
  private static final int FREE_TRIES = 5;
  private static final Duration FIRST_WAIT = Duration.ofSeconds(10);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);
  private static final int MOST_NAMES = 10_000;

  private final Clock clock;
  private final Map<String, Failures> failures =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
          return size() > MOST_NAMES;
        }
      };

  public SignInLimiter(Clock clock) {
    this.clock = clock;
  }

  /** How long that name still has to wait; zero if it may try. */
  public synchronized Duration wait(String username) {
    Failures known = failures.get(username);
    if (known == null) {
      return Duration.ZERO;
    }
    Duration left = Duration.between(clock.instant(), known.until);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** A wrong password was given for that name. */
  public synchronized void failed(String username) {
    Failures known = failures.get(username);
    int count = known == null ? 1 : known.count + 1;
    Instant until = clock.instant();
    if (count >= FREE_TRIES) {
      Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(count - FREE_TRIES, 10));
      until = until.plus(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
    }
    failures.put(username, new Failures(count, until));
  }

  /** The right password was given. */
  public synchronized void succeeded(String username) {
    failures.remove(username);
  }

  private record Failures(int count, Instant until) {}
}
