package io.overread.gateway.triage;

import io.overread.audit.AuditTrail;
import io.overread.gateway.instance.StoredInstances;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires triage. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TriageProperties.class)
public class TriageConfiguration {

  @Bean
  TriageRuleBook triageRuleBook(
      DataSource dataSource,
      PlatformTransactionManager transactions,
      AuditTrail auditTrail,
      Clock clock) {
    return new TriageRuleBook(
        JdbcClient.create(dataSource), new TransactionTemplate(transactions), auditTrail, clock);
  }

  @Bean
  Triage triage(
      TriageRuleBook rules,
      StoredInstances instances,
      DataSource dataSource,
      AuditTrail auditTrail,
      Clock clock) {
    return new Triage(
        rules, new StudyHeaders(instances), JdbcClient.create(dataSource), auditTrail, clock);
  }

  @Bean
  OffPeakHours offPeakHours(TriageProperties properties) {
    return properties.hours();
  }
}
