package io.overread.gateway.delivery;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.Task;
import io.overread.audit.AuditTrail;
import io.overread.dicom.toolkit.DicomToolkit;
import io.overread.gateway.GatewayProperties;
import io.overread.gateway.commitment.CommitmentRequests;
import io.overread.gateway.delivery.Deliveries.DeliveryRecords;
import io.overread.gateway.instance.DataFolder;
import io.overread.gateway.instance.ResultFiles;
import io.overread.gateway.instance.StoredInstances;
import io.overread.gateway.peer.Peers;
import io.overread.gateway.result.ResultObjects;
import io.overread.gateway.study.StudyChanges;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Deliveries as beans; they take from the context what the gateway takes. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DeliveryProperties.class)
public class DeliveryConfiguration {

  @Bean
  Destinations destinations(
      DeliveryProperties properties, Peers peers, GatewayProperties gateway, DicomToolkit toolkit) {
    return new Destinations(properties, peers, gateway.aeTitle(), toolkit);
  }

  @Bean
  DeliveryRecords deliveryRecords(
      DataSource dataSource,
      DeliveryProperties properties,
      AuditTrail audit,
      StudyChanges changes,
      Clock clock) {
    DeliveryTable table = new DeliveryTable(dataSource);
    return new DeliveryRecords(
        new DeliveryObjects(dataSource),
        table,
        new DeliveryLedger(table, properties, audit, clock),
        changes);
  }

  @Bean
  ResultStore resultStore(DeliveryRecords records, StoredInstances instances, DataFolder folder) {
    return new ResultStore(
        records.objects(), new ResultObjects(instances), new ResultFiles(folder));
  }

  /** The scheduler is asked for late: it needs the tasks, and a draft's task needs this. */
  @Bean
  Deliveries deliveries(
      Destinations destinations,
      DeliveryRecords records,
      StoredInstances instances,
      PlatformTransactionManager transactions,
      ObjectProvider<SchedulerClient> scheduler,
      Clock clock) {
    return new Deliveries(
        destinations,
        records,
        instances,
        new TransactionTemplate(transactions),
        scheduler::getObject,
        clock);
  }

  @Bean
  DeliveryCommitments deliveryCommitments(
      DeliveryRecords records,
      DeliveryProperties properties,
      PlatformTransactionManager transactions,
      ObjectProvider<CommitmentRequests> requests,
      ObjectProvider<SchedulerClient> scheduler,
      Clock clock) {
    return new DeliveryCommitments(
        records.table(),
        records.ledger(),
        properties.commitmentWithin(),
        records.changes(),
        clock,
        new DeliveryCommitments.Surroundings(
            new TransactionTemplate(transactions), requests::getObject, scheduler::getObject));
  }

  @Bean(destroyMethod = "close")
  DeliverResult deliverResult(
      Destinations destinations,
      DeliveryRecords records,
      DeliveryCommitments commitments,
      ResultStore store,
      PlatformTransactionManager transactions,
      Clock clock) {
    TransactionTemplate transaction = new TransactionTemplate(transactions);
    DeliveryStep step =
        new DeliveryStep(
            records.ledger(), store, destinations, commitments, transaction, records.changes());
    return new DeliverResult(records.ledger(), step, transaction, clock);
  }

  @Bean
  Task<Void> deliverResultTask(DeliverResult deliverResult) {
    return deliverResult.task();
  }
}
