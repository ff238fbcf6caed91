package io.overread.gateway.delivery;

import io.overread.audit.AuditEntry;
import io.overread.audit.AuditLog;
import io.overread.db.TestDatabase;
import io.overread.gateway.Sample;
import io.overread.gateway.SpringGateway;
import io.overread.gateway.instance.InstanceStore;
import io.overread.gateway.result.ReportToDeliver;
import io.overread.gateway.study.CompleteStudy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The gateway with destinations, and a study in it. */
final class DeliveringGateway implements AutoCloseable {

  final List<CompleteStudy> completed = new CopyOnWriteArrayList<>();
  final Sample image = Sample.of(7, 1);
  private final TestDatabase database = TestDatabase.create();
  private final SpringGateway gateway;

  DeliveringGateway(Path home, Map<String, String> settings) throws IOException {
    Map<String, Object> all = new HashMap<>(settings);
    all.put("overread.home", home.toString());
    all.putIfAbsent("overread.dicom-port", "0");
    all.put("overread.storage.free-space-floor", "0B");
    all.put("overread.study-quiet-seconds", "1");
    all.put("overread.capacity.acknowledge", "committed");
    all.putIfAbsent("overread.delivery.first-wait", "20ms");
    all.putIfAbsent("overread.delivery.tries", "3");
    gateway = new SpringGateway(database.serviceDataSource(), completed::add, all);
    receive(image);
  }

  /** Settings of a destination {@code archive} that is a peer on this machine. */
  static Map<String, String> peer(int port, String... further) {
    Map<String, String> settings = new HashMap<>();
    settings.put("overread.peers.pacs.ae-title", "PACS");
    settings.put("overread.peers.pacs.host", "127.0.0.1");
    settings.put("overread.peers.pacs.port", Integer.toString(port));
    settings.put("overread.delivery.destinations.archive.peer", "pacs");
    for (int i = 0; i < further.length; i += 2) {
      settings.put("overread.delivery.destinations.archive." + further[i], further[i + 1]);
    }
    return settings;
  }

  int port() {
    return gateway.port();
  }

  void receive(Sample sample) throws IOException {
    gateway.bean(InstanceStore.class).receive(sample.arrival(), sample.stream());
  }

  <T> T bean(Class<T> type) {
    return gateway.bean(type);
  }

  void makeDue(ReportToDeliver report) {
    new TransactionTemplate(gateway.bean(PlatformTransactionManager.class))
        .executeWithoutResult(status -> gateway.bean(Deliveries.class).makeDue(report));
  }

  List<Delivery> deliveries() {
    return gateway.bean(Deliveries.class).ofStudy(image.studyInstanceUid());
  }

  /** Waits until every delivery fits. */
  List<Delivery> await(Predicate<Delivery> fits) {
    return Awaitility.await()
        .atMost(java.time.Duration.ofSeconds(60))
        .until(this::deliveries, all -> !all.isEmpty() && all.stream().allMatch(fits));
  }

  List<Delivery> await(DeliveryState state) {
    return await(delivery -> delivery.progress().state() == state);
  }

  List<AuditEntry> audited() {
    return new AuditLog(database.serviceDataSource())
        .page(0, 1000).stream().filter(entry -> entry.action().startsWith("DELIVERY_")).toList();
  }

  JdbcClient rows() {
    return JdbcClient.create(database.ownerDataSource());
  }

  @Override
  public void close() {
    gateway.close();
    database.close();
  }
}
