package io.overread.reporting;

import io.overread.audit.AuditTrail;
import io.overread.reporting.conversation.Conversation;
import io.overread.reporting.draft.DraftReport;
import io.overread.reporting.fhir.FhirReader;
import io.overread.reporting.fhir.FhirServlet;
import io.overread.reporting.fhir.FhirSettings;
import io.overread.reporting.finding.AnalysisLedger;
import io.overread.reporting.review.ReportFollowUp;
import io.overread.reporting.review.Reports;
import io.overread.reporting.review.ReviewDesk;
import io.overread.reporting.review.SignerVerification;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reporting as beans. The service brings the data source and its transaction manager, the clock,
 * the audit trail and how a signer is verified.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReportingProperties.class)
public class ReportingConfiguration {
  /** The ledger of analyses. */
  @Bean
  AnalysisLedger analysisLedger(
      DataSource data, PlatformTransactionManager transactions, AuditTrail audit, Clock clock) {
    return new AnalysisLedger(
        JdbcClient.create(data), new TransactionTemplate(transactions), audit, clock);
  }

  /** The writer of drafts. */
  @Bean
  DraftReport draftReport(
      DataSource data,
      PlatformTransactionManager transactions,
      AnalysisLedger analyses,
      AuditTrail audit,
      Clock clock,
      ObjectProvider<ReportFollowUp> followUp) {
    return new DraftReport(
        JdbcClient.create(data),
        new TransactionTemplate(transactions),
        analyses,
        audit,
        clock,
        ReportFollowUp.all(followUp.orderedStream().toList()));
  }

  /** The review desk. */
  @Bean
  ReviewDesk reviewDesk(
      DataSource data,
      PlatformTransactionManager transactions,
      AuditTrail audit,
      Clock clock,
      SignerVerification verification,
      ObjectProvider<ReportFollowUp> followUp) {
    return new ReviewDesk(
        JdbcClient.create(data),
        new TransactionTemplate(transactions),
        audit,
        clock,
        verification,
        ReportFollowUp.all(followUp.orderedStream().toList()));
  }

  /** The reader of reports. */
  @Bean
  Reports reports(DataSource data) {
    return new Reports(JdbcClient.create(data));
  }

  /**
   * FHIR at {@code /fhir}. Not loaded on start-up: nothing of HAPI is set up before the first
   * request. The servlet is no bean of its own, or Boot would map it to {@code /}.
   */
  @Bean
  ServletRegistrationBean<FhirServlet> fhirServlet(
      DataSource data,
      PlatformTransactionManager transactions,
      AuditTrail audit,
      Clock clock,
      ReportingProperties properties,
      ObjectProvider<FhirReader> reader) {
    var servlet =
        new FhirServlet(
            JdbcClient.create(data),
            new TransactionTemplate(transactions),
            audit,
            clock,
            new FhirSettings(properties.organizationName(), properties.fhirBaseUrl()),
            reader.getIfAvailable(() -> HttpServletRequest::getRemoteUser));
    var registration = new ServletRegistrationBean<>(servlet, "/fhir/*");
    registration.setName("fhir");
    registration.setLoadOnStartup(-1);
    return registration;
  }

  /** The ledger of questions. */
  @Bean
  Conversation conversation(
      DataSource data, PlatformTransactionManager transactions, AuditTrail audit, Clock clock) {
    return new Conversation(
        JdbcClient.create(data), new TransactionTemplate(transactions), audit, clock);
  }
}
