package io.overread.gateway.deidentify;

import io.overread.gateway.rule.Parsed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of what leaves for models elsewhere, {@code overread.departure.*}.
 *
 * @param masks where the site's devices write their text, the first that holds of an image
 * @param blackenText whether what looks like text in the pixels is made black as well
 */
@Validated
@ConfigurationProperties("overread.departure")
public record DepartureProperties(
    @DefaultValue List<@Valid MaskSetting> masks, @DefaultValue("true") boolean blackenText) {

  /** Keeps its own copy. */
  public DepartureProperties {
    masks = List.copyOf(masks);
  }

  /**
   * One mask.
   *
   * @param when a condition on the image's header, in the language of the triage rules
   * @param areas what is made black, in parts of the image's width and height
   */
  public record MaskSetting(@NotBlank String when, @NotEmpty List<Area> areas) {
    Mask read() {
      return switch (Parsed.of(when)) {
        case Parsed.Valid valid -> new Mask(valid.expression(), areas);
        case Parsed.Invalid(int position, String message) ->
            throw new IllegalArgumentException(
                "overread.departure.masks: " + message + " (at character " + (position + 1) + ")");
      };
    }
  }

  List<Mask> read() {
    return masks.stream().map(MaskSetting::read).toList();
  }
}
