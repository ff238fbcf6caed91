package io.overread.gateway.capacity;

import io.overread.audit.AuditTrail;
import io.overread.gateway.instance.DataFolder;
import io.overread.gateway.instance.Settling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the back-pressure. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CapacityProperties.class)
public class CapacityConfiguration {

  @Bean
  Capacity capacity(
      CapacityProperties properties,
      LoadMeter meter,
      AuditTrail auditTrail,
      PlatformTransactionManager transactions,
      Clock clock) {
    return new Capacity(
        properties, meter::load, auditTrail, new TransactionTemplate(transactions), clock);
  }

  @Bean
  LoadMeter loadMeter(
      DataFolder folder, Settling settling, ObjectProvider<WaitingStudies> waitingStudies) {
    return new LoadMeter(folder, settling, waitingStudies);
  }

  /** Reads the load where it arises. */
  record LoadMeter(
      DataFolder folder, Settling settling, ObjectProvider<WaitingStudies> waitingStudies) {

    Load load() {
      try {
        return new Load(
            folder.usableSpace(),
            folder.totalSpace(),
            settling.backlog(),
            waitingStudies.stream().mapToInt(WaitingStudies::count).sum());
      } catch (IOException e) {
        throw new UncheckedIOException("the free space can't be told", e);
      }
    }
  }
}
