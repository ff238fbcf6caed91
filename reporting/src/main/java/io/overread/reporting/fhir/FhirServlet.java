package io.overread.reporting.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.server.HardcodedServerAddressStrategy;
import ca.uhn.fhir.rest.server.RestfulServer;
import io.overread.audit.AuditTrail;
import java.time.Clock;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DomainResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * FHIR R4 over our tables, read only. To be registered at {@code /fhir/*} without load on start-up:
 * HAPI's model of FHIR is built with the first request, which takes about a second, once.
 */
public final class FhirServlet extends RestfulServer {
  private static final long serialVersionUID = 1L;

  private final transient JdbcClient jdbc;
  private final transient TransactionOperations transactions;
  private final transient AuditTrail audit;
  private final transient Clock clock;
  private final transient FhirSettings settings;
  private final transient FhirReader reader;

  /** Over the tables of {@code jdbc}, whose data source is also that of {@code transactions}. */
  public FhirServlet(
      JdbcClient jdbc,
      TransactionOperations transactions,
      AuditTrail audit,
      Clock clock,
      FhirSettings settings,
      FhirReader reader) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
    this.settings = settings;
    this.reader = reader;
  }

  @Override
  protected void initialize() {
    var context = FhirContext.forR4Cached();
    // A Provenance is about one version of a report.
    context
        .getParserOptions()
        .setDontStripVersionsFromReferencesAtPaths("Provenance.target", "Provenance.entity.what");
    setFhirContext(context);
    setServerName("Overread");
    setDefaultResponseEncoding(EncodingEnum.JSON);
    var baseUrl = settings.baseUrl();
    if (baseUrl != null) {
      setServerAddressStrategy(new HardcodedServerAddressStrategy(baseUrl.toString()));
    }
    var shelf = new Shelf(jdbc, transactions, audit, settings.organizationName());
    setServerConformanceProvider(new Capabilities(shelf.types(), clock.instant()));
    shelf.types().forEach(type -> registerProvider(endpoint(type, shelf)));
  }

  @SuppressWarnings("unchecked") // the class of its resources says so
  private ResourceEndpoint<?> endpoint(ServedType<? extends DomainResource> type, Shelf shelf) {
    return type.resource() == DiagnosticReport.class
        ? new ReportEndpoint((ServedType<DiagnosticReport>) type, shelf, reader)
        : new PlainEndpoint<>(type, shelf, reader);
  }
}
