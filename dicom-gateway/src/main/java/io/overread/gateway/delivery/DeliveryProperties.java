package io.overread.gateway.delivery;

import io.overread.gateway.result.ReportEvent;
import io.overread.gateway.result.ResultKind;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What is sent back to whom, {@code overread.delivery.*}. Without a destination nothing is.
 *
 * @param destinations by name
 * @param tries how often an object is sent, and how often it is asked for, until that is given up
 * @param firstWait before the second try; doubled before each further one
 * @param longestWait between two tries
 * @param commitmentWithin how long a report on Storage Commitment is waited for before the
 *     destination is asked for the object instead
 */
@Validated
@ConfigurationProperties("overread.delivery")
public record DeliveryProperties(
    @NotNull @DefaultValue Map<String, @Valid Rule> destinations,
    @Min(1) @Max(100) @DefaultValue("10") int tries,
    @NotNull @DefaultValue("30s") Duration firstWait,
    @NotNull @DefaultValue("1h") Duration longestWait,
    @NotNull @DefaultValue("1h") Duration commitmentWithin) {

  /** Checks the waits; the destinations can't be changed. */
  public DeliveryProperties {
    destinations = Map.copyOf(destinations);
    if (commitmentWithin.isNegative()) {
      throw new IllegalArgumentException("overread.delivery: commitment-within is below zero");
    }
    if (!firstWait.isPositive() || firstWait.compareTo(longestWait) > 0) {
      throw new IllegalArgumentException(
          "overread.delivery: first-wait must be above zero and no longer than longest-wait");
    }
  }

  /** The wait after so many tries. */
  Duration waitAfter(int tried) {
    Duration wait = firstWait.multipliedBy(1L << Math.clamp(tried - 1L, 0, 16));
    return wait.compareTo(longestWait) < 0 ? wait : longestWait;
  }

  /**
   * One destination: a peer or a DICOMweb service, and what it gets when.
   *
   * @param peer its name under {@code overread.peers}
   * @param url the base address of its DICOMweb services (PS3.18), instead of a peer
   * @param authorization the value of the header Authorization for it, such as {@code Bearer ...}
   * @param objects what it gets
   * @param events when
   * @param allowSender whether it gets results of studies that it sent itself
   * @param proof whether it is asked for the object after it took it
   * @param commitment whether that is done by Storage Commitment, which it then has to support
   */
  public record Rule(
      @Nullable String peer,
      @Nullable URI url,
      @Nullable String authorization,
      @NotNull @DefaultValue({"SR", "PDF", "SC"}) Set<ResultKind> objects,
      @NotNull @DefaultValue({"SIGNATURE", "AMENDMENT"}) Set<ReportEvent> events,
      @DefaultValue("false") boolean allowSender,
      @DefaultValue("true") boolean proof,
      @DefaultValue("false") boolean commitment) {

    /** Refuses a destination that is none, or two. */
    public Rule {
      objects = Set.copyOf(objects);
      events = Set.copyOf(events);
      if ((peer == null) == (url == null)) {
        throw new IllegalArgumentException(
            "overread.delivery.destinations: each has either a peer or a url");
      }
      if (url != null && !isBase(url)) {
        throw new IllegalArgumentException(
            "overread.delivery.destinations: a url is an http or https address without user,"
                + " query or fragment");
      }
      if (commitment && (peer == null || !proof)) {
        throw new IllegalArgumentException(
            "overread.delivery.destinations: commitment is a proof, and one that peers give");
      }
      if (authorization != null && (url == null || !authorization.matches("[ -~]+"))) {
        throw new IllegalArgumentException(
            "overread.delivery.destinations: an authorization is a line of ASCII for a url");
      }
    }

    private static boolean isBase(URI url) {
      return ("https".equals(url.getScheme()) || "http".equals(url.getScheme()))
          && url.getHost() != null
          && url.getRawUserInfo() == null
          && url.getRawQuery() == null
          && url.getRawFragment() == null;
    }

    /** Without the secret. */
    @Override
    public String toString() {
      return "Rule[" + (peer == null ? url : peer) + ", " + objects + ", " + events + "]";
    }
  }
}
