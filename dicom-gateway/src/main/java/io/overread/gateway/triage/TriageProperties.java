package io.overread.gateway.triage;

import jakarta.validation.constraints.NotNull;
import java.time.LocalTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of triage, {@code overread.triage.*}.
 *
 * @param offPeakFrom when the off-peak hours begin, each day, local time
 * @param offPeakUntil when they end; before their beginning: on the next day; equal: always
 * @param zone whose local time; the machine's if absent
 */
@Validated
@ConfigurationProperties("overread.triage")
public record TriageProperties(
    @NotNull @DefaultValue("19:00") LocalTime offPeakFrom,
    @NotNull @DefaultValue("06:00") LocalTime offPeakUntil,
    @Nullable ZoneId zone) {

  /** The hours as they are asked. */
  OffPeakHours hours() {
    return new OffPeakHours(
        offPeakFrom, offPeakUntil, zone == null ? ZoneId.systemDefault() : zone);
  }
}
