package io.overread.gateway.retention;

import com.github.kagkarlsson.scheduler.task.Task;
import io.overread.audit.AuditTrail;
import io.overread.gateway.instance.DataFolder;
import io.overread.gateway.instance.DeletedFiles;
import io.overread.gateway.instance.StoreSpace;
import io.overread.gateway.retention.RetentionGuard.Due;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the retention of images. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RetentionProperties.class)
public class RetentionConfiguration {

  @Bean
  DeletedFiles deletedFiles(
      DataSource dataSource, StoreSpace space, PlatformTransactionManager transactions) {
    return new DeletedFiles(dataSource, space, new TransactionTemplate(transactions));
  }

  @Bean
  Holds holds(
      DataSource dataSource,
      AuditTrail auditTrail,
      PlatformTransactionManager transactions,
      Clock clock) {
    return new Holds(dataSource, auditTrail, new TransactionTemplate(transactions), clock);
  }

  @Bean
  StudyDeletion studyDeletion(
      RetentionProperties policy,
      DataSource dataSource,
      ObjectProvider<RetentionGuard> guard,
      DeletedFiles files,
      AuditTrail auditTrail,
      PlatformTransactionManager transactions) {
    return new StudyDeletion(
        new RetentionTable(dataSource),
        // Where nobody tells what reports need, they may need everything.
        () -> guard.getIfAvailable(() -> study -> new Due()),
        files,
        auditTrail,
        new TransactionTemplate(transactions),
        policy.unsigned());
  }

  @Bean
  Retention retention(
      RetentionProperties policy,
      DataSource dataSource,
      StudyDeletion deletion,
      DeletedFiles files,
      DataFolder folder,
      Clock clock) {
    return new Retention(
        policy, new RetentionTable(dataSource), deletion, files, () -> free(folder), clock);
  }

  @Bean
  Task<Void> deleteImagesTask(Retention retention) {
    return retention.task();
  }

  private static long free(DataFolder folder) {
    try {
      return folder.usableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException("the free space can't be told", e);
    }
  }
}
