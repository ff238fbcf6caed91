package io.overread.reporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overread.audit.AuditTrail;
import io.overread.db.TestDatabase;
import io.overread.reporting.conversation.Conversation;
import io.overread.reporting.draft.DraftReport;
import io.overread.reporting.finding.AnalysisLedger;
import io.overread.reporting.review.Reports;
import io.overread.reporting.review.ReviewDesk;
import io.overread.reporting.review.SignerVerification;
import java.net.URI;
import java.time.Clock;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

class ReportingConfigurationIT {
  @Test
  void every_part_is_a_bean_and_fhir_is_registered_under_its_path() {
    try (var database = TestDatabase.create();
        var context = new AnnotationConfigApplicationContext()) {
      var data = database.serviceDataSource();
      context.registerBean(DataSource.class, () -> data);
      context.registerBean(
          PlatformTransactionManager.class, () -> new JdbcTransactionManager(data));
      context.registerBean(Clock.class, Clock::systemUTC);
      context.registerBean(AuditTrail.class, () -> new AuditTrail(data, Clock.systemUTC()));
      context.registerBean(SignerVerification.class, () -> (username, password) -> false);
      context.register(ReportingConfiguration.class);
      context.refresh();
      assertThat(context.getBean(AnalysisLedger.class).latest("1.2.3")).isEmpty();
      assertThat(context.getBean(Reports.class).latest("1.2.3")).isEmpty();
      assertThat(context.getBean(Conversation.class).ofStudy("1.2.3")).isEmpty();
      assertThat(context.getBean(DraftReport.class)).isNotNull();
      assertThat(context.getBean(ReviewDesk.class)).isNotNull();
      assertThat(context.getBean(ServletRegistrationBean.class).getUrlMappings())
          .isEqualTo(java.util.Set.of("/fhir/*"));
      assertThat(context.getBean(ReportingProperties.class).organizationName())
          .isEqualTo("Overread");
    }
  }

  @Test
  void settings_that_would_make_unusable_resources_are_refused() {
    assertThatThrownBy(() -> new ReportingProperties(" ", null))
        .hasMessageContaining("organization-name");
    assertThatThrownBy(() -> new ReportingProperties("A", URI.create("ftp://example.org")))
        .hasMessageContaining("fhir-base-url");
  }
}
