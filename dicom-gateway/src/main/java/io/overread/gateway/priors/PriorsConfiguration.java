package io.overread.gateway.priors;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.Task;
import io.overread.audit.AuditTrail;
import io.overread.gateway.association.StoreService;
import io.overread.gateway.instance.InstanceStore;
import io.overread.gateway.peer.PeerAssociations;
import io.overread.gateway.peer.PeerProperties;
import io.overread.gateway.peer.PeerProperties.Peer;
import io.overread.gateway.priors.PriorsProperties.Archive;
import io.overread.gateway.priors.PriorsProperties.When;
import io.overread.gateway.study.StudyChanges;
import java.net.URI;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the fetching of priors. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PriorsProperties.class)
public class PriorsConfiguration {

  @Bean
  SearchTable priorSearchTable(DataSource dataSource) {
    return new SearchTable(dataSource);
  }

  @Bean
  Priors priors(
      SearchTable table,
      DataSource dataSource,
      PriorsProperties properties,
      PlatformTransactionManager transactions,
      ObjectProvider<SchedulerClient> scheduler,
      Clock clock) {
    return new Priors(
        table,
        new PriorTable(dataSource),
        !properties.archives().isEmpty(),
        new TransactionTemplate(transactions),
        scheduler::getObject,
        () -> clock.instant().truncatedTo(ChronoUnit.MICROS));
  }

  /** A hint is enough to be early: the completion of the study makes sure. */
  @Bean
  PriorsOnArrival priorsOnArrival(
      PriorsProperties properties, Priors priors, StudyChanges changes) {
    boolean early = properties.when() == When.ARRIVAL && !properties.archives().isEmpty();
    return new PriorsOnArrival(early ? changes.subscribe(priors::arrived) : () -> {});
  }

  /** The subscription, to be ended with the application. */
  record PriorsOnArrival(StudyChanges.Subscription subscription) implements AutoCloseable {
    @Override
    public void close() {
      subscription.close();
    }
  }

  /**
   * The archives in the order of their names. The store is asked for late: it needs the scheduler,
   * which needs the task that asks the archives.
   */
  @Bean
  PriorSources priorSources(
      PriorsProperties properties,
      PeerProperties peers,
      PeerAssociations associations,
      ObjectProvider<InstanceStore> store) {
    List<PriorSource> sources = new ArrayList<>();
    new TreeMap<>(properties.archives())
        .forEach(
            (name, archive) -> {
              URI url = archive.url();
              sources.add(
                  url != null
                      ? new WebSource(name, url, archive.authorization(), store::getObject)
                      : new PeerSource(
                          name,
                          peer(name, archive, peers),
                          archive.retrieve(),
                          associations,
                          (request, dataSet) ->
                              new StoreService(store.getObject()).store(request, dataSet)));
            });
    return new PriorSources(sources);
  }

  /** The archives. */
  record PriorSources(List<PriorSource> sources) {}

  private static Peer peer(String name, Archive archive, PeerProperties peers) {
    Peer peer = peers.peers().get(String.valueOf(archive.peer()));
    if (peer == null || peer.host() == null) {
      throw new IllegalStateException(
          "overread.priors.archives." + name + ".peer names no peer with a host");
    }
    return peer;
  }

  @Bean
  Task<Void> fetchPriorsTask(
      SearchTable table,
      PriorSources sources,
      PriorsProperties properties,
      PlatformTransactionManager transactions,
      AuditTrail auditTrail,
      Clock clock) {
    return new FetchPriors(
            table,
            new PriorFetching(
                table,
                sources.sources(),
                properties,
                new TransactionTemplate(transactions),
                auditTrail,
                clock))
        .task();
  }
}
