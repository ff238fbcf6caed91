package io.overread.gateway.retention;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The policy, {@code overread.retention.*}. Without {@code keep} and {@code freeSpace} nothing is
 * deleted.
 *
 * @param keep images go when this time is over since the study's last image came, and since its
 *     report was signed or rejected
 * @param freeSpace the oldest images go while less than this is free on the data folder's disk
 * @param atLeast so long images stay even then
 * @param unsigned whether the images of a study go whose draft nobody has signed or rejected
 * @param every how often it is looked
 */
@Validated
@ConfigurationProperties("overread.retention")
public record RetentionProperties(
    @Nullable Duration keep,
    @Nullable DataSize freeSpace,
    @NotNull @DefaultValue("1d") Duration atLeast,
    @DefaultValue("false") boolean unsigned,
    @NotNull @DefaultValue("10m") Duration every) {

  /** Times have to be above zero: a mistake here can't be taken back. */
  public RetentionProperties {
    if ((keep != null && !keep.isPositive()) || atLeast.isNegative() || !every.isPositive()) {
      throw new IllegalArgumentException(
          "overread.retention: keep and every must be above zero, at-least not below");
    }
  }
}
