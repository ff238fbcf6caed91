package io.overread.gateway.commitment;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.Task;
import io.overread.audit.AuditTrail;
import io.overread.gateway.instance.StoredInstances;
import io.overread.gateway.peer.PeerAssociations;
import io.overread.gateway.peer.PeerProperties;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires Storage Commitment. */
@Configuration(proxyBeanMethods = false)
public class CommitmentConfiguration {

  @Bean
  CommitmentAudit commitmentAudit(AuditTrail auditTrail, PlatformTransactionManager transactions) {
    return new CommitmentAudit(auditTrail, new TransactionTemplate(transactions));
  }

  @Bean
  CommitmentRequestDesk commitmentRequestDesk(
      DataSource dataSource, CommitmentAudit audit, Clock clock) {
    return new CommitmentRequestDesk(new CommitmentRequestTable(dataSource), audit, clock);
  }

  @Bean
  CommitmentOrderTable commitmentOrderTable(DataSource dataSource) {
    return new CommitmentOrderTable(dataSource);
  }

  /** The listeners are asked for late: they may need the scheduler, which needs the tasks here. */
  @Bean
  CommitmentResults commitmentResults(
      CommitmentOrderTable table,
      CommitmentAudit audit,
      ObjectProvider<CommitmentListener> listeners,
      Clock clock) {
    return new CommitmentResults(
        table,
        audit,
        outcome -> listeners.orderedStream().forEach(listener -> listener.settled(outcome)),
        clock);
  }

  @Bean
  ReportCommitment reportCommitment(
      CommitmentRequestDesk desk,
      StoredInstances instances,
      PeerProperties peers,
      PeerAssociations associations) {
    return new ReportCommitment(desk, new Verification(instances), peers, associations);
  }

  @Bean
  Task<Void> reportCommitmentTask(ReportCommitment reportCommitment) {
    return reportCommitment.task();
  }

  @Bean
  Task<Void> askCommitmentTask(
      CommitmentOrderTable table,
      CommitmentResults results,
      PeerProperties peers,
      PeerAssociations associations) {
    return new AskCommitment(table, results, peers, associations).task();
  }

  @Bean
  CommitmentService commitmentService(
      CommitmentRequestDesk desk,
      StoredInstances instances,
      ReportCommitment reports,
      CommitmentResults results,
      SchedulerClient scheduler) {
    return new CommitmentService(desk, new Verification(instances), reports, results, scheduler);
  }

  @Bean
  CommitmentRequests commitmentRequests(
      CommitmentOrderTable table,
      CommitmentAudit audit,
      PeerProperties peers,
      SchedulerClient scheduler,
      Clock clock) {
    return new CommitmentRequests(table, audit, peers, scheduler, clock);
  }
}
