package io.overread.gateway;

import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper;
import io.overread.audit.AuditEntry;
import io.overread.audit.AuditLog;
import io.overread.audit.AuditTrail;
import io.overread.db.TestDatabase;
import io.overread.gateway.instance.AuditedTransaction;
import io.overread.gateway.instance.DataFolder;
import io.overread.gateway.instance.InstanceRegister;
import io.overread.gateway.instance.InstanceStore;
import io.overread.gateway.instance.OwnResults;
import io.overread.gateway.instance.Quarantine;
import io.overread.gateway.instance.StoreSpace;
import io.overread.gateway.instance.StoredInstances;
import io.overread.gateway.study.CloseStudy;
import io.overread.gateway.study.CompletenessProperties;
import io.overread.gateway.study.StudyAnnouncements;
import io.overread.gateway.study.StudyChanges;
import io.overread.gateway.study.StudyClosing;
import io.overread.gateway.study.StudyCompleteness;
import io.overread.gateway.study.StudyCompletion;
import io.overread.gateway.study.StudyLedger;
import io.overread.gateway.study.StudyTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The gateway on a real database and folder, with a clock and a scheduler that a test moves. */
public final class TestGateway implements AutoCloseable {

  public static final Duration QUIET = Duration.ofSeconds(60);

  private static final CompletenessProperties BY_QUIET_ALONE =
      new CompletenessProperties(Map.of(), Duration.ofMinutes(90), Map.of());

  public final TestClock clock = new TestClock();
  public final TestDatabase database;
  public final Path home;
  public final DataFolder folder;
  public final StudyLedger ledger;
  public final StudyChanges changes = new StudyChanges();
  public final StoredInstances instances;
  public final StoreSpace space;
  public final InstanceStore store;
  public final ManualScheduler scheduler;
  public final StudyAnnouncements announcements;
  public final AuditTrail auditTrail;
  public final TransactionTemplate transaction;

  public TestGateway(Path home, StudyCompletion completion) {
    this(TestDatabase.create(), home, completion, 0);
  }

  public TestGateway(Path home, StudyCompletion completion, CompletenessProperties completeness) {
    this(TestDatabase.create(), home, completion, 0, completeness);
  }

  public TestGateway(
      TestDatabase database, Path home, StudyCompletion completion, long freeSpaceFloor) {
    this(database, home, completion, freeSpaceFloor, BY_QUIET_ALONE);
  }

  private TestGateway(
      TestDatabase database,
      Path home,
      StudyCompletion completion,
      long freeSpaceFloor,
      CompletenessProperties completeness) {
    DataSource dataSource = database.serviceDataSource();
    this.database = database;
    this.home = home;
    this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    this.auditTrail = new AuditTrail(dataSource, clock);
    this.folder = DataFolder.open(home);
    this.ledger = new StudyLedger(new StudyTable(dataSource));
    CloseStudy closeStudy =
        new CloseStudy(
            new StudyClosing(ledger, () -> completion, auditTrail, changes, transaction),
            new StudyCompleteness(completeness, QUIET),
            clock);
    this.scheduler =
        TestHelper.createManualScheduler(
                new TransactionAwareDataSourceProxy(dataSource), closeStudy.task())
            .clock(clock.forScheduler())
            .build();
    this.announcements = new StudyAnnouncements(ledger, closeStudy, scheduler, transaction, clock);
    this.instances = new StoredInstances(dataSource, folder);
    AuditedTransaction audited = new AuditedTransaction(transaction, auditTrail);
    Quarantine quarantine = new Quarantine(folder, dataSource, audited);
    this.space = new StoreSpace(folder, freeSpaceFloor);
    space.clearLeavings(instances, quarantine);
    this.store =
        new InstanceStore(
            space,
            instances,
            new InstanceRegister(
                instances, ledger, closeStudy, scheduler, audited, OwnResults.byEquipment()),
            quarantine,
            changes,
            clock);
  }

  /** Moves the clock and runs what is due. */
  public void advance(Duration duration) {
    clock.advance(duration);
    scheduler.runAnyDueExecutions();
  }

  /** As the owner of the database sees it. */
  public JdbcClient rows() {
    return JdbcClient.create(database.ownerDataSource());
  }

  public int count(String table) {
    return rows().sql("select count(*) from " + table).query(Integer.class).single();
  }

  public List<String> audited() {
    return entries().stream().map(AuditEntry::action).toList();
  }

  public List<AuditEntry> entries() {
    return new AuditLog(database.serviceDataSource()).page(0, 10_000);
  }

  /** All files below the home, save the lock, relative to it. */
  public List<String> files() {
    try (Stream<Path> files = Files.walk(home)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> home.relativize(file).toString())
          .filter(file -> !file.equals("store/lock"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    folder.close();
    database.close();
  }
}
