package io.overread.service.system;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.overread.gateway.capacity.Capacity;
import io.overread.gateway.capacity.Intake;
import io.overread.gateway.capacity.WaitingStudies;
import io.overread.gateway.tls.CertificateWatch;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is measured of the service, as metrics and for its health. */
@Configuration(proxyBeanMethods = false)
class SystemConfiguration {

  /** Reads a table of the reporting module. */
  @Bean
  WaitingStudies waitingStudies(JdbcTemplate jdbc) {
    return () -> {
      Integer count =
          jdbc.queryForObject(
              "select count(*) from analysis where state = 'PENDING'", Integer.class);
      return count == null ? 0 : count;
    };
  }

  /** Read when asked for: nothing is counted twice. */
  @Bean
  MeterBinder intakeMetrics(ObjectProvider<Capacity> capacities) {
    return registry -> {
      Capacity capacity = capacities.getObject();
      for (Intake.Reason reason : Intake.Reason.values()) {
        Gauge.builder(
                "overread.intake.paused",
                capacity,
                each -> each.intake().reasons().contains(reason) ? 1 : 0)
            .tag("reason", reason.name())
            .description("1 while peers are told to come again later for this reason")
            .register(registry);
      }
      Gauge.builder("overread.disk.free", capacity, each -> each.load().freeBytes())
          .baseUnit("bytes")
          .description("Free space on the disk of the data folder")
          .register(registry);
      Gauge.builder(
              "overread.unwritten.instances", capacity, each -> each.load().backlog().instances())
          .description("Acknowledged instances that wait for their row")
          .register(registry);
      Gauge.builder("overread.unwritten", capacity, each -> each.load().backlog().bytes())
          .baseUnit("bytes")
          .description("Bytes of acknowledged instances that wait for their row")
          .register(registry);
      Gauge.builder("overread.drafts.waiting", capacity, each -> each.load().waitingStudies())
          .description("Complete studies that wait for their drafts")
          .register(registry);
    };
  }

  /** Of ours the earliest counts, and of those that are trusted; without TLS there is none. */
  @Bean
  MeterBinder certificateMetrics(ObjectProvider<CertificateWatch> watches, Clock clock) {
    return registry -> {
      CertificateWatch watch = watches.getObject();
      for (boolean ours : List.of(true, false)) {
        if (watch.certificates().stream().anyMatch(each -> each.ours() == ours)) {
          Gauge.builder("overread.tls.certificate.remaining", () -> remaining(watch, ours, clock))
              .tag("whose", ours ? "ours" : "trusted")
              .baseUnit("seconds")
              .description("Until the first certificate in use expires; below zero: it did")
              .register(registry);
        }
      }
    };
  }

  private static double remaining(CertificateWatch watch, boolean ours, Clock clock) {
    return watch.certificates().stream()
        .filter(each -> each.ours() == ours)
        .mapToLong(each -> Duration.between(clock.instant(), each.notAfter()).toSeconds())
        .min()
        .orElse(0);
  }

  /** Paused is not down: a restart would not help, and what is stored can be read. */
  @Bean
  HealthIndicator intakeHealthIndicator(Capacity capacity) {
    return () -> Health.up().withDetail("intakePaused", capacity.intake().isPaused()).build();
  }
}
