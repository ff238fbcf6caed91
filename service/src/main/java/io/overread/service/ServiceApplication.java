package io.overread.service;

import io.overread.audit.AuditLog;
import io.overread.audit.AuditTrail;
import io.overread.db.Database;
import io.overread.gateway.GatewayConfiguration;
import io.overread.reporting.ReportingConfiguration;
import io.overread.service.settings.OverreadSettings;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Assembles the modules. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
@Import({GatewayConfiguration.class, ReportingConfiguration.class})
public class ServiceApplication {

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean(destroyMethod = "close")
  Database database(OverreadSettings settings) {
    return Database.open(settings.database());
  }

  @Bean(destroyMethod = "")
  DataSource dataSource(Database database) {
    return database.serviceDataSource();
  }

  @Bean
  AuditTrail auditTrail(DataSource dataSource, Clock clock) {
    return new AuditTrail(dataSource, clock);
  }

  @Bean
  AuditLog auditLog(DataSource dataSource) {
    return new AuditLog(dataSource);
  }
}
