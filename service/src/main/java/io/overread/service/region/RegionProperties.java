package io.overread.service.region;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What locating findings may cost.
 *
 * @param occlusionLimit how long a draft may take to locate findings by covering parts of the
 *     image, of a model that has no other way; zero: it is not done. It is not begun where it would
 *     take longer
 */
@Validated
@ConfigurationProperties("overread.regions")
public record RegionProperties(@DefaultValue("60s") Duration occlusionLimit) {

  /** Refuses a time before now. */
  public RegionProperties {
    if (occlusionLimit.isNegative()) {
      throw new IllegalArgumentException("overread.regions.occlusion-limit is negative");
    }
  }
}
