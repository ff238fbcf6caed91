package io.overread.gateway.priors;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Which priors are fetched, and from where, {@code overread.priors.*}. Without an archive there are
 * none.
 *
 * @param archives by name
 * @param when what makes them due
 * @param years how far back a prior may be
 * @param studies how many are fetched for a study at most
 */
@Validated
@ConfigurationProperties("overread.priors")
public record PriorsProperties(
    @NotNull @DefaultValue Map<String, @Valid Archive> archives,
    @NotNull @DefaultValue("completion") When when,
    @Min(1) @Max(100) @DefaultValue("5") int years,
    @Min(1) @Max(50) @DefaultValue("3") int studies) {

  /** The archives, which can't be changed. */
  public PriorsProperties {
    archives = Map.copyOf(archives);
  }

  /** What makes the priors of a study due. */
  public enum When {
    /** Its first instance. */
    ARRIVAL,
    /** Its first revision. */
    COMPLETION
  }

  /** How a peer is asked for a study. */
  public enum Retrieve {
    /** By C-GET, on the same association. */
    GET,
    /** By C-MOVE to us; the peer has to know our AE title and address. */
    MOVE
  }

  /**
   * One archive, of which either the peer or the URL is given.
   *
   * @param peer its name in {@code overread.peers}
   * @param retrieve how the peer is asked for a study
   * @param url the base of its DICOMweb service
   * @param authorization the value of the header Authorization that the service wants, if any
   */
  public record Archive(
      @Nullable String peer,
      @NotNull @DefaultValue("get") Retrieve retrieve,
      @Nullable URI url,
      @Nullable String authorization) {

    /** Checks that there is one way to it. */
    public Archive {
      if ((peer == null) == (url == null)) {
        throw new IllegalArgumentException(
            "an archive of overread.priors has either a peer or a url");
      }
      if (url != null && !"https".equals(url.getScheme()) && !"http".equals(url.getScheme())) {
        throw new IllegalArgumentException("the url of an archive is one of http or https");
      }
    }

    /** Without what is secret. */
    @Override
    public String toString() {
      return "Archive[peer=" + peer + ", retrieve=" + retrieve + ", url=" + url + "]";
    }
  }
}
