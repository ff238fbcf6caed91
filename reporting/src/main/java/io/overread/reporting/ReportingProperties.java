package io.overread.reporting;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of reporting.
 *
 * @param organizationName who issues the reports, the performer in FHIR; at most 200 characters
 * @param fhirBaseUrl the address under which clients reach {@code /fhir}, where a proxy hides it;
 *     unset: taken from each request
 */
@ConfigurationProperties("overread.reporting")
public record ReportingProperties(
    @DefaultValue("Overread") String organizationName, @Nullable URI fhirBaseUrl) {
  /** Refuses settings that would make unusable resources. */
  public ReportingProperties {
    organizationName = organizationName.strip();
    if (organizationName.isEmpty() || organizationName.length() > 200) {
      throw new IllegalArgumentException(
          "overread.reporting.organization-name: 1 to 200 characters");
    }
    if (fhirBaseUrl != null
        && !("https".equals(fhirBaseUrl.getScheme()) || "http".equals(fhirBaseUrl.getScheme()))) {
      throw new IllegalArgumentException(
          "overread.reporting.fhir-base-url: an http or https address");
    }
  }
}
