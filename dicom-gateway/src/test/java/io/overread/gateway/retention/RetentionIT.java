package io.overread.gateway.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper;
import io.overread.audit.AuditEntry;
import io.overread.gateway.Sample;
import io.overread.gateway.TestGateway;
import io.overread.gateway.instance.DeletedFiles;
import io.overread.gateway.instance.StoreOutcome;
import io.overread.gateway.instance.StoredInstance;
import io.overread.gateway.retention.RetentionGuard.Due;
import io.overread.gateway.retention.RetentionGuard.Settled;
import io.overread.gateway.retention.RetentionGuard.Unsigned;
import io.overread.gateway.retention.RetentionGuard.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.util.unit.DataSize;

/** What the policy deletes, what it keeps, and what is left after a crash. */
class RetentionIT {

  private static final Duration MONTH = Duration.ofDays(30);
  private static final RetentionProperties KEEP_A_MONTH = policy(MONTH, null, false);
  private static final RetentionProperties OFF = policy(null, null, false);

  @TempDir Path home;
  private final Map<String, Verdict> reports = new HashMap<>();
  private TestGateway gateway;
  private long freeBytes;

  @BeforeEach
  void start() {
    gateway = new TestGateway(home, study -> {});
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void images_go_when_their_time_is_over_and_rows_and_audit_entries_stay() throws IOException {
    StoredInstance first = store(7, 1);
    StoredInstance second = store(7, 2);
    gateway.advance(TestGateway.QUIET);
    gateway.clock.advance(MONTH.minus(TestGateway.QUIET).minusSeconds(1));
    retention(KEEP_A_MONTH).run();
    assertThat(gateway.files()).hasSize(2);

    gateway.clock.advance(Duration.ofSeconds(1));
    retention(KEEP_A_MONTH).run();

    assertThat(gateway.files()).isEmpty();
    assertThat(gateway.count("instance")).isEqualTo(2);
    assertThat(gateway.ledger.find("2.25.7")).isPresent();
    assertThat(now(first).isHere()).isFalse();
    assertThat(gateway.instances.deletedAt("2.25.7")).contains(gateway.clock.instant());
    long bytes = first.file().sizeBytes() + second.file().sizeBytes();
    assertThat(deletions())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.studyInstanceUid()).isEqualTo("2.25.7");
              assertThat(entry.detail())
                  .contains("\"instances\":\"2\"", "\"bytes\":\"" + bytes + "\"", "keep PT720H");
            });

    retention(KEEP_A_MONTH).run();
    assertThat(deletions()).hasSize(1);
  }

  @Test
  void the_time_of_a_study_with_a_report_begins_with_its_signature() throws IOException {
    StoredInstance image = complete(7);
    gateway.clock.advance(MONTH);
    reports.put("2.25.7", new Settled(gateway.clock.instant()));
    gateway.clock.advance(MONTH.minusSeconds(1));
    retention(KEEP_A_MONTH).run();
    assertThat(now(image).isHere()).isTrue();

    gateway.clock.advance(Duration.ofSeconds(1));
    retention(KEEP_A_MONTH).run();
    assertThat(now(image).isHere()).isFalse();
  }

  @Test
  void what_a_report_still_needs_is_kept_and_so_is_what_somebody_holds() throws IOException {
    StoredInstance unsigned = complete(7);
    StoredInstance due = complete(8);
    StoredInstance held = complete(9);
    StoredInstance receiving = store(10, 1);
    reports.put("2.25.7", new Unsigned());
    reports.put("2.25.8", new Due());
    holds().hold("2.25.9", "a lawsuit", "user:boss");
    gateway.clock.advance(MONTH.multipliedBy(2));

    retention(KEEP_A_MONTH).run();
    assertThat(List.of(unsigned, due, held, receiving)).allMatch(image -> now(image).isHere());

    retention(policy(MONTH, null, true)).run();
    assertThat(now(unsigned).isHere()).isFalse();
    assertThat(List.of(due, held, receiving)).allMatch(image -> now(image).isHere());

    holds().release("2.25.9", "settled", "user:boss");
    assertThat(holds().find("2.25.9")).isEmpty();
    retention(KEEP_A_MONTH).run();
    assertThat(now(held).isHere()).isFalse();
    assertThat(gateway.entries())
        .filteredOn(entry -> "2.25.9".equals(entry.studyInstanceUid()))
        .filteredOn(entry -> entry.action().startsWith("IMAGES_"))
        .extracting(AuditEntry::action, AuditEntry::actor)
        .containsExactly(
            tuple("IMAGES_HELD", "user:boss"),
            tuple("IMAGES_RELEASED", "user:boss"),
            tuple("IMAGES_DELETED", "service"));
  }

  @Test
  void for_want_of_space_the_oldest_go_and_no_more_than_it_takes() throws IOException {
    StoredInstance oldest = complete(7);
    StoredInstance old = complete(8);
    StoredInstance later = complete(9);
    RetentionProperties policy = policy(null, DataSize.ofBytes(1000), false);
    freeBytes = 1000;
    gateway.clock.advance(Duration.ofDays(2));
    StoredInstance today = complete(10);

    retention(policy).run();
    assertThat(deletions()).isEmpty();

    freeBytes = 1000 - oldest.file().sizeBytes() - 1;
    retention(policy).run();
    assertThat(List.of(oldest, old)).noneMatch(image -> now(image).isHere());
    assertThat(now(later).isHere()).isTrue();

    freeBytes = 0;
    retention(policy(null, DataSize.ofGigabytes(1), false)).run();
    assertThat(now(later).isHere()).isFalse();
    assertThat(now(today).isHere()).isTrue();
  }

  @Test
  void files_that_a_crash_left_count_as_gone_and_go_with_the_next_run() throws IOException {
    StoredInstance image = complete(7);
    deletion(false).delete("2.25.7", gateway.clock.instant(), "keep PT1M", gateway.clock.instant());
    assertThat(gateway.files()).hasSize(1);
    assertThat(now(image).isHere()).isFalse();

    gateway.folder.close();
    gateway.settling.close();
    TestGateway before = gateway;
    gateway = new TestGateway(before.database, home, study -> {}, 0);
    retention(OFF).run();

    assertThat(gateway.files()).isEmpty();
    assertThat(deletions()).hasSize(1);
    assertThat(store(7, 1).isHere()).isTrue();
  }

  @Test
  void what_was_deleted_can_be_sent_again_and_stays_its_time() throws IOException {
    StoredInstance image = complete(7);
    gateway.clock.advance(MONTH);
    retention(KEEP_A_MONTH).run();

    assertThat(receive(7, 1)).isInstanceOf(StoreOutcome.Stored.class);

    assertThat(now(image).isHere()).isTrue();
    assertThat(gateway.instances.deletedAt("2.25.7")).isEmpty();
    assertThat(gateway.files()).containsExactly(home.relativize(now(image).path()).toString());
    assertThat(gateway.rows().sql("select revision from study").query(Integer.class).single())
        .isEqualTo(1);
    assertThat(receive(7, 1)).isInstanceOf(StoreOutcome.AlreadyStored.class);
    retention(KEEP_A_MONTH).run();
    assertThat(now(image).isHere()).isTrue();
    gateway.clock.advance(MONTH);
    retention(KEEP_A_MONTH).run();
    assertThat(now(image).isHere()).isFalse();
    assertThat(deletions()).hasSize(2);
  }

  @Test
  void what_is_sent_again_before_its_file_was_deleted_is_not_deleted_after() throws IOException {
    StoredInstance image = complete(7);
    deletion(false).delete("2.25.7", gateway.clock.instant(), "keep PT1M", gateway.clock.instant());

    assertThat(receive(7, 1)).isInstanceOf(StoreOutcome.Stored.class);
    retention(OFF).run();

    assertThat(now(image).isHere()).isTrue();
  }

  @Test
  void the_policy_is_applied_again_and_again() throws IOException {
    StoredInstance image = complete(7);
    ManualScheduler scheduler =
        TestHelper.createManualScheduler(
                new TransactionAwareDataSourceProxy(gateway.database.serviceDataSource()))
            .clock(gateway.clock.forScheduler())
            .startTasks(List.of((RecurringTask<Void>) retention(KEEP_A_MONTH).task()))
            .build();
    scheduler.start();
    scheduler.runAnyDueExecutions();
    assertThat(now(image).isHere()).isTrue();

    gateway.clock.advance(MONTH);
    scheduler.runAnyDueExecutions();
    assertThat(now(image).isHere()).isFalse();
  }

  private static RetentionProperties policy(
      @Nullable Duration keep, @Nullable DataSize freeSpace, boolean unsigned) {
    return new RetentionProperties(
        keep, freeSpace, Duration.ofDays(1), unsigned, Duration.ofMinutes(10));
  }

  private Retention retention(RetentionProperties policy) {
    return new Retention(
        policy,
        new RetentionTable(gateway.database.serviceDataSource()),
        deletion(policy.unsigned()),
        files(),
        () -> freeBytes,
        gateway.clock);
  }

  private StudyDeletion deletion(boolean unsigned) {
    return new StudyDeletion(
        new RetentionTable(gateway.database.serviceDataSource()),
        () -> study -> reports.getOrDefault(study, new Settled(null)),
        files(),
        gateway.auditTrail,
        gateway.transaction,
        unsigned);
  }

  private DeletedFiles files() {
    return new DeletedFiles(
        gateway.database.serviceDataSource(), gateway.space, gateway.transaction);
  }

  private Holds holds() {
    return new Holds(
        gateway.database.serviceDataSource(),
        gateway.auditTrail,
        gateway.transaction,
        gateway.clock);
  }

  /** One image of a study, which is complete then. */
  private StoredInstance complete(int study) throws IOException {
    StoredInstance stored = store(study, 1);
    gateway.advance(TestGateway.QUIET);
    return stored;
  }

  private StoredInstance store(int study, int number) throws IOException {
    receive(study, number);
    return gateway.instances.find("2.25." + study + ".1." + number).orElseThrow();
  }

  private StoreOutcome receive(int study, int number) throws IOException {
    Sample sample = Sample.of(study, number);
    return gateway.store.receive(sample.arrival(), sample.stream());
  }

  private StoredInstance now(StoredInstance before) {
    return gateway.instances.find(before.sopInstanceUid()).orElseThrow();
  }

  private List<AuditEntry> deletions() {
    return gateway.entries().stream()
        .filter(entry -> entry.action().equals("IMAGES_DELETED"))
        .toList();
  }
}
