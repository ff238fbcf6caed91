package io.overread.service.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SignInLimiterTest {
  private Instant now = Instant.parse("2026-11-23T06:00:00Z");
  private final SignInLimiter limiter =
      new SignInLimiter(
          new Clock() {
            @Override
            public ZoneOffset getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
              return this;
            }

            @Override
            public Instant instant() {
              return now;
            }
          });

  @Test
  void the_fifth_wrong_password_costs_a_wait_and_each_further_one_twice_as_long() {
    fail(4);
    assertThat(limiter.wait("admin")).isZero();
    fail(1);
    assertThat(limiter.wait("admin")).isEqualTo(Duration.ofSeconds(10));
    fail(1);
    assertThat(limiter.wait("admin")).isEqualTo(Duration.ofSeconds(20));
    fail(40);
    assertThat(limiter.wait("admin")).isEqualTo(Duration.ofMinutes(15));
    assertThat(limiter.wait("somebody")).as("others need not wait").isZero();
  }

  @Test
  void the_wait_passes_and_the_right_password_forgets_it() {
    fail(5);
    now = now.plusSeconds(11);
    assertThat(limiter.wait("admin")).isZero();
    limiter.succeeded("admin");
    fail(4);
    assertThat(limiter.wait("admin")).isZero();
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      limiter.failed("admin");
    }
  }
}
