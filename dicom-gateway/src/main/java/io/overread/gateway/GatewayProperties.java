package io.overread.gateway;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The settings of the gateway, {@code overread.*}, or {@code OVERREAD_*} in the environment.
 *
 * @param home the data folder; a leading {@code ~} is the user's home
 * @param bind the address on which peers are listened to
 * @param dicomPort its port; 0 takes any free one
 * @param aeTitle the AE title that peers must call (PS3.5 6.2: at most 16 characters)
 * @param studyQuiet how long nothing new may come until a study is complete; a bare number in
 *     {@code study-quiet-seconds} is seconds
 * @param storage limits of what is taken in
 */
@Validated
@ConfigurationProperties("overread")
public record GatewayProperties(
    @NotNull @DefaultValue("~/.overread") Path home,
    @NotBlank @DefaultValue("127.0.0.1") String bind,
    @Min(0) @Max(65535) @DefaultValue("11112") int dicomPort,
    @NotNull
        @Pattern(regexp = "[!-\\[\\]-~]([ -\\[\\]-~]{0,14}[!-\\[\\]-~])?")
        @DefaultValue("OVERREAD")
        String aeTitle,
    @NotNull @Name("study-quiet-seconds") @DefaultValue("60") @DurationUnit(ChronoUnit.SECONDS)
        Duration studyQuiet,
    @NotNull @Valid @DefaultValue Storage storage) {

  /** Makes the data folder absolute and checks the quiet time. */
  public GatewayProperties {
    home = absolute(home);
    if (!studyQuiet.isPositive()) {
      throw new IllegalArgumentException("overread.study-quiet-seconds must be above zero");
    }
  }

  private static Path absolute(Path home) {
    Path expanded =
        home.startsWith("~")
            ? Path.of(System.getProperty("user.home")).resolve(Path.of("~").relativize(home))
            : home;
    return expanded.toAbsolutePath().normalize();
  }

  /**
   * Limits of what is taken in, {@code overread.storage.*}.
   *
   * @param freeSpaceFloor below this much free space on the data folder's disk, instances are
   *     refused as out of resources
   * @param maxAssociations how many associations there may be at once
   */
  public record Storage(
      @NotNull @DefaultValue("1GB") DataSize freeSpaceFloor,
      @Min(1) @Max(10_000) @DefaultValue("64") int maxAssociations) {}
}
