package io.overread.gateway.signal;

import io.overread.audit.AuditTrail;
import io.overread.gateway.study.StudySignalListener;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the signals of a study's completeness. */
@Configuration(proxyBeanMethods = false)
public class SignalConfiguration {

  @Bean
  SignalDesk signalDesk(
      AuditTrail auditTrail,
      PlatformTransactionManager transactions,
      ObjectProvider<StudySignalListener> listeners) {
    return new SignalDesk(
        new TransactionTemplate(transactions),
        auditTrail,
        signal -> listeners.orderedStream().forEach(listener -> listener.on(signal)));
  }

  @Bean
  AvailabilityService availabilityService(SignalDesk desk) {
    return new AvailabilityService(desk);
  }

  @Bean
  PerformedStepService performedStepService(DataSource dataSource, SignalDesk desk, Clock clock) {
    return new PerformedStepService(new PerformedStepTable(dataSource), desk, clock);
  }
}
