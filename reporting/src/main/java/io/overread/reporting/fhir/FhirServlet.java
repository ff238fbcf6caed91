package io.overread.reporting.fhir;

import io.overread.audit.AuditTrail;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * FHIR R4 over our tables, read only, at {@code /fhir/*}. A thin door: HAPI's server is many
 * hundred classes and its model of FHIR takes a second to build, so neither is touched before the
 * first request, when registered without load on start-up.
 */
public final class FhirServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient JdbcClient jdbc;
  private final transient TransactionOperations transactions;
  private final transient AuditTrail audit;
  private final transient Clock clock;
  private final transient FhirSettings settings;
  private final transient FhirReader reader;
  private transient @Nullable ReportServer server;

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
  public void init(ServletConfig config) throws ServletException {
    super.init(config);
    var shelf = new Shelf(jdbc, transactions, audit, settings.organizationName());
    var starting = new ReportServer(shelf, reader, settings.baseUrl(), clock.instant());
    starting.init(config);
    server = starting;
  }

  @Override
  public void service(ServletRequest request, ServletResponse response)
      throws ServletException, IOException {
    var started = server;
    if (started == null) {
      throw new ServletException("A container initializes a servlet before its first request");
    }
    started.service(request, response);
  }

  @Override
  public void destroy() {
    var started = server;
    if (started != null) {
      started.destroy();
    }
  }
}
