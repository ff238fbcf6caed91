package io.overread.service;

import io.overread.audit.AuditLog;
import io.overread.audit.AuditTrail;
import io.overread.db.Database;
import io.overread.gateway.GatewayConfiguration;
import io.overread.gateway.dicomweb.DicomwebConfiguration;
import io.overread.reporting.ReportingConfiguration;
import io.overread.vlm.VisionLanguageModel;
import java.time.Clock;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Assembles the modules. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
@Import({GatewayConfiguration.class, DicomwebConfiguration.class, ReportingConfiguration.class})
public class ServiceApplication {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceApplication.class);

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean(destroyMethod = "close")
  Database database(EarlyStart started) {
    return started.database();
  }

  @Bean(destroyMethod = "close")
  VisionLanguageModel visionLanguageModel(EarlyStart started) {
    VisionLanguageModel model = started.model();
    LOG.info("{} on {}", model.identity(), model.runsOn());
    return model;
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
