package io.overread.gateway.capacity;

import io.overread.gateway.instance.Acknowledgement;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How much is taken in, {@code overread.capacity.*}.
 *
 * @param acknowledge when a peer is told that its instance is stored
 * @param disk marks of the free space on the data folder's disk
 * @param queue marks of what was taken in and waits
 */
@Validated
@ConfigurationProperties("overread.capacity")
public record CapacityProperties(
    @NotNull @DefaultValue("durable") Acknowledgement acknowledge,
    @NotNull @Valid @DefaultValue Disk disk,
    @NotNull @Valid @DefaultValue Queue queue) {

  /**
   * Intake pauses below the first of each pair and resumes above the second.
   *
   * @param pauseBelow free bytes
   * @param resumeAbove free bytes
   * @param pauseBelowPercent free percent of the disk
   * @param resumeAbovePercent free percent of the disk
   */
  public record Disk(
      @NotNull @DefaultValue("2GB") DataSize pauseBelow,
      @NotNull @DefaultValue("3GB") DataSize resumeAbove,
      @Min(0) @Max(99) @DefaultValue("1") int pauseBelowPercent,
      @Min(0) @Max(99) @DefaultValue("2") int resumeAbovePercent) {

    /** Each pair must leave a gap, or intake would flicker. */
    public Disk {
      requireGap(pauseBelow.toBytes(), resumeAbove.toBytes(), "disk");
      requireGap(pauseBelowPercent, resumeAbovePercent, "disk");
    }
  }

  /**
   * Intake pauses above the first of each pair and resumes below the second.
   *
   * @param pauseAbove bytes of instances that are durable and have no row yet
   * @param resumeBelow the same
   * @param pauseAboveStudies studies that are complete and wait for their drafts
   * @param resumeBelowStudies the same
   */
  public record Queue(
      @NotNull @DefaultValue("4GB") DataSize pauseAbove,
      @NotNull @DefaultValue("2GB") DataSize resumeBelow,
      @Min(1) @DefaultValue("10000") int pauseAboveStudies,
      @Min(1) @DefaultValue("8000") int resumeBelowStudies) {

    /** Each pair must leave a gap, or intake would flicker. */
    public Queue {
      requireGap(resumeBelow.toBytes(), pauseAbove.toBytes(), "queue");
      requireGap(resumeBelowStudies, pauseAboveStudies, "queue");
    }
  }

  private static void requireGap(long low, long high, String part) {
    if (low > high) {
      throw new IllegalArgumentException(
          "overread.capacity." + part + ": a mark to resume lies beyond its mark to pause");
    }
  }
}
