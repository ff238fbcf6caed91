package io.overread.gateway.study;

import io.overread.gateway.rule.Parsed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.validation.annotation.Validated;

/**
 * When a study counts as complete, {@code overread.completeness.*}.
 *
 * @param quiet by Modality (0008,0060), how long nothing new may come; a bare number is seconds. Of
 *     a study with several modalities the longest counts; those not named have {@code
 *     overread.study-quiet-seconds}
 * @param longest a revision is closed this long after its first instance, whatever is missing; a
 *     bare number is seconds
 * @param expected what is expected of certain studies, by any name
 */
@Validated
@ConfigurationProperties("overread.completeness")
public record CompletenessProperties(
    @NotNull @DefaultValue Map<String, String> quiet,
    @NotNull @DefaultValue("90m") @DurationUnit(ChronoUnit.SECONDS) Duration longest,
    @NotNull @DefaultValue Map<String, @Valid ExpectedContents> expected) {

  /** Checks the times; modalities may come in lower case, as environment variables do. */
  public CompletenessProperties {
    quiet =
        quiet.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    entry -> entry.getKey().toUpperCase(Locale.ROOT), Map.Entry::getValue));
    quiet.values().forEach(CompletenessProperties::duration);
    expected = Map.copyOf(expected);
    if (!longest.isPositive()) {
      throw new IllegalArgumentException("overread.completeness.longest must be above zero");
    }
  }

  /** The quiet times by modality, in upper case. */
  Map<String, Duration> quietTimes() {
    return quiet.entrySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> duration(entry.getValue())));
  }

  private static Duration duration(String text) {
    Duration duration = DurationStyle.detectAndParse(text, ChronoUnit.SECONDS);
    if (!duration.isPositive()) {
      throw new IllegalArgumentException("overread.completeness.quiet must be above zero");
    }
    return duration;
  }

  /**
   * What is expected of studies that a condition describes.
   *
   * @param when the condition, over what the tables hold of a study and of one of its series; see
   *     {@link StudyFacts}
   * @param series patterns, each of which a Series Description has to match
   * @param minSeries how many series there have to be
   * @param minInstances how many instances there have to be
   */
  public record ExpectedContents(
      @NotBlank String when,
      @NotNull @DefaultValue List<@NotBlank String> series,
      @Min(0) @Max(10_000) @DefaultValue("0") int minSeries,
      @Min(0) @Max(1_000_000) @DefaultValue("0") int minInstances) {

    /** Refuses a condition that can't be read, and tells where. */
    public ExpectedContents {
      series = List.copyOf(series);
      if (Parsed.of(when) instanceof Parsed.Invalid(int position, String message)) {
        throw new IllegalArgumentException(
            "overread.completeness.expected: at character "
                + (position + 1)
                + " of \""
                + when
                + "\": "
                + message);
      }
    }
  }
}
