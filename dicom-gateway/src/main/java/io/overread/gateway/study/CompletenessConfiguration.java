package io.overread.gateway.study;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import io.overread.gateway.GatewayProperties;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the judgement of completeness, and what peers say of studies. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CompletenessProperties.class)
public class CompletenessConfiguration {

  @Bean
  StudyCompleteness studyCompleteness(
      CompletenessProperties properties, GatewayProperties gateway) {
    return new StudyCompleteness(properties, gateway.studyQuiet());
  }

  @Bean
  StudyAnnouncements studyAnnouncements(
      StudyLedger ledger,
      CloseStudy closeStudy,
      SchedulerClient scheduler,
      PlatformTransactionManager transactions,
      Clock clock) {
    return new StudyAnnouncements(
        ledger, closeStudy, scheduler, new TransactionTemplate(transactions), clock);
  }
}
