package io.overread.gateway;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.Task;
import io.overread.audit.AuditTrail;
import io.overread.dicom.net.DimseService;
import io.overread.dicom.toolkit.DicomToolkit;
import io.overread.gateway.association.AfterRows;
import io.overread.gateway.association.AssociationAudit;
import io.overread.gateway.association.AssociationConfiguration;
import io.overread.gateway.association.CapacityPolicy;
import io.overread.gateway.association.Listening;
import io.overread.gateway.association.PeerPolicy;
import io.overread.gateway.association.StorageScp;
import io.overread.gateway.association.StoreService;
import io.overread.gateway.capacity.Capacity;
import io.overread.gateway.capacity.CapacityConfiguration;
import io.overread.gateway.capacity.CapacityProperties;
import io.overread.gateway.commitment.CommitmentConfiguration;
import io.overread.gateway.deidentify.DepartureConfiguration;
import io.overread.gateway.delivery.DeliveryConfiguration;
import io.overread.gateway.delivery.DeliveryObjects;
import io.overread.gateway.instance.AuditedTransaction;
import io.overread.gateway.instance.DataFolder;
import io.overread.gateway.instance.InstanceRegister;
import io.overread.gateway.instance.InstanceStore;
import io.overread.gateway.instance.OwnResults;
import io.overread.gateway.instance.Quarantine;
import io.overread.gateway.instance.Replay;
import io.overread.gateway.instance.Settling;
import io.overread.gateway.instance.StoreSpace;
import io.overread.gateway.instance.StoredInstances;
import io.overread.gateway.peer.PeerAssociations;
import io.overread.gateway.peer.Peers;
import io.overread.gateway.priors.Priors;
import io.overread.gateway.priors.PriorsConfiguration;
import io.overread.gateway.query.QueryConfiguration;
import io.overread.gateway.retention.RetentionConfiguration;
import io.overread.gateway.signal.SignalConfiguration;
import io.overread.gateway.study.CloseStudy;
import io.overread.gateway.study.CompletenessConfiguration;
import io.overread.gateway.study.StudyChanges;
import io.overread.gateway.study.StudyClosing;
import io.overread.gateway.study.StudyCompleteness;
import io.overread.gateway.study.StudyCompletion;
import io.overread.gateway.study.StudyLedger;
import io.overread.gateway.study.StudyTable;
import io.overread.gateway.toolkit.ToolkitConfiguration;
import io.overread.gateway.triage.TriageConfiguration;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Wires the gateway. It takes from the context: the data source and its transaction manager, the
 * clock, the audit trail, db-scheduler's client, and the {@link StudyCompletion} of the service.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GatewayProperties.class)
@Import({
  AssociationConfiguration.class,
  CapacityConfiguration.class,
  QueryConfiguration.class,
  CommitmentConfiguration.class,
  SignalConfiguration.class,
  CompletenessConfiguration.class,
  TriageConfiguration.class,
  PriorsConfiguration.class,
  DeliveryConfiguration.class,
  DepartureConfiguration.class,
  RetentionConfiguration.class,
  ToolkitConfiguration.class
})
public class GatewayConfiguration {

  @Bean
  DataFolder dataFolder(GatewayProperties properties) {
    return DataFolder.open(properties.home());
  }

  @Bean
  StudyLedger studyLedger(DataSource dataSource) {
    return new StudyLedger(new StudyTable(dataSource));
  }

  @Bean
  StudyChanges studyChanges() {
    return new StudyChanges();
  }

  @Bean
  StudyClosing studyClosing(
      StudyLedger ledger,
      ObjectProvider<StudyCompletion> completion,
      Priors priors,
      AuditTrail auditTrail,
      StudyChanges changes,
      PlatformTransactionManager transactions) {
    return new StudyClosing(
        ledger,
        () -> priors.before(completion.getObject()),
        auditTrail,
        changes,
        new TransactionTemplate(transactions));
  }

  @Bean
  CloseStudy closeStudy(StudyClosing closing, StudyCompleteness completeness, Clock clock) {
    return new CloseStudy(closing, completeness, clock);
  }

  @Bean
  Task<Void> closeStudyTask(CloseStudy closeStudy) {
    return closeStudy.task();
  }

  @Bean
  StoredInstances storedInstances(DataSource dataSource, DataFolder folder) {
    return new StoredInstances(dataSource, folder);
  }

  @Bean
  AuditedTransaction auditedTransaction(
      PlatformTransactionManager transactions, AuditTrail auditTrail) {
    return new AuditedTransaction(new TransactionTemplate(transactions), auditTrail);
  }

  @Bean
  OwnResults ownResults(DataSource dataSource) {
    return new OwnResults(new DeliveryObjects(dataSource)::areOurs);
  }

  @Bean
  InstanceRegister instanceRegister(
      StoredInstances instances,
      StudyLedger ledger,
      CloseStudy closeStudy,
      SchedulerClient scheduler,
      AuditedTransaction transaction,
      OwnResults ownResults) {
    return new InstanceRegister(instances, ledger, closeStudy, scheduler, transaction, ownResults);
  }

  @Bean
  Quarantine quarantine(DataFolder folder, DataSource dataSource, AuditedTransaction transaction) {
    return new Quarantine(folder, dataSource, transaction);
  }

  @Bean
  StoreSpace storeSpace(
      DataFolder folder,
      GatewayProperties properties,
      StoredInstances instances,
      Quarantine quarantine) {
    StoreSpace space = new StoreSpace(folder, properties.storage().freeSpaceFloor().toBytes());
    space.clearLeavings(instances, quarantine);
    return space;
  }

  @Bean
  InstanceStore instanceStore(
      StoreSpace space,
      StoredInstances instances,
      InstanceRegister register,
      Quarantine quarantine,
      Settling settling,
      Clock clock) {
    return new InstanceStore(space, instances, register, quarantine, settling, clock);
  }

  @Bean
  Settling settling(
      StoreSpace space,
      StoredInstances instances,
      InstanceRegister register,
      StudyChanges changes,
      CapacityProperties capacity) {
    Settling settling = new Settling(space, instances, register, changes, capacity.acknowledge());
    new Replay(space, instances, settling).run();
    return settling;
  }

  @Bean
  PeerAssociations peerAssociations(GatewayProperties properties, Peers peers) {
    return new PeerAssociations(properties.aeTitle(), peers);
  }

  @Bean
  StorageScp storageScp(
      DicomToolkit toolkit,
      Listening listening,
      PeerPolicy policy,
      InstanceStore store,
      Capacity capacity,
      AuditTrail auditTrail,
      PlatformTransactionManager transactions,
      ObjectProvider<DimseService> services) {
    return new StorageScp(
        toolkit,
        listening,
        new CapacityPolicy(policy, capacity),
        new StoreService(store, capacity),
        new AssociationAudit(auditTrail, new TransactionTemplate(transactions)),
        services
            .orderedStream()
            .<DimseService>map(service -> new AfterRows(service, store))
            .toList());
  }
}
