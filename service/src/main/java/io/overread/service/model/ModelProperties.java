package io.overread.service.model;

import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of further models, {@code overread.models.*}.
 *
 * @param further folders, or settings files of remote models, loaded beside the one that drafts
 * @param shadow names of those that draft silently, so that both can be compared
 */
@Validated
@ConfigurationProperties("overread.models")
public record ModelProperties(@DefaultValue List<Path> further, @DefaultValue List<String> shadow) {

  /** Keeps its own copies, without blanks. */
  public ModelProperties {
    further = further.stream().filter(path -> !path.toString().isBlank()).toList();
    shadow = shadow.stream().map(String::strip).filter(name -> !name.isEmpty()).toList();
  }
}
