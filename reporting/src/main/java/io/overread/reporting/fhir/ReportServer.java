package io.overread.reporting.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.server.HardcodedServerAddressStrategy;
import ca.uhn.fhir.rest.server.RestfulServer;
import java.net.URI;
import java.time.Instant;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DomainResource;
import org.jspecify.annotations.Nullable;

/** HAPI's server with our resources. */
final class ReportServer extends RestfulServer {
  private static final long serialVersionUID = 1L;

  private final transient Shelf shelf;
  private final transient FhirReader reader;
  private final @Nullable URI baseUrl;
  private final Instant since;

  ReportServer(Shelf shelf, FhirReader reader, @Nullable URI baseUrl, Instant since) {
    super(FhirContext.forR4Cached());
    this.shelf = shelf;
    this.reader = reader;
    this.baseUrl = baseUrl;
    this.since = since;
  }

  @Override
  protected void initialize() {
    // A Provenance is about one version of a report.
    getFhirContext()
        .getParserOptions()
        .setDontStripVersionsFromReferencesAtPaths("Provenance.target", "Provenance.entity.what");
    setServerName("Overread");
    setDefaultResponseEncoding(EncodingEnum.JSON);
    if (baseUrl != null) {
      setServerAddressStrategy(new HardcodedServerAddressStrategy(baseUrl.toString()));
    }
    registerInterceptor(new FailureShield());
    setServerConformanceProvider(new Capabilities(shelf.types(), since));
    shelf.types().forEach(type -> registerProvider(endpoint(type)));
  }

  /** Which server and version this is helps nobody but an attacker. */
  @Override
  protected @Nullable String createPoweredByHeader() {
    return null;
  }

  @SuppressWarnings("unchecked") // the class of its resources says so
  private ResourceEndpoint<?> endpoint(ServedType<? extends DomainResource> type) {
    return type.resource() == DiagnosticReport.class
        ? new ReportEndpoint((ServedType<DiagnosticReport>) type, shelf, reader)
        : new PlainEndpoint<>(type, shelf, reader);
  }
}
