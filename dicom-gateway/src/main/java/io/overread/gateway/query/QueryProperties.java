package io.overread.gateway.query;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may query and retrieve what is held, {@code overread.query.*}.
 *
 * @param allow who may
 * @param maxResults how many matches a C-FIND is answered with at most; where there are more, it
 *     ends as out of resources after them
 */
@Validated
@ConfigurationProperties("overread.query")
public record QueryProperties(
    @NotNull @DefaultValue("peers") Allow allow,
    @Min(1) @Max(100_000) @DefaultValue("5000") int maxResults) {

  /** Who may query and retrieve. */
  public enum Allow {
    /** Nobody: the SOP Classes are refused. */
    NONE,
    /**
     * Who calls under the AE title of a peer that is configured, and from its host if it has one.
     */
    PEERS,
    /** Whoever may associate. */
    ANY
  }
}
