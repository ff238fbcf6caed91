package io.overread.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overread.db.TestDatabase;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class AuditChainTest {
  private final TestDatabase database = TestDatabase.create();
  private final AuditTrail trail = new AuditTrail(database.serviceDataSource(), Clock.systemUTC());
  private final AuditLog log = new AuditLog(database.serviceDataSource());
  private final TransactionTemplate transaction =
      new TransactionTemplate(new JdbcTransactionManager(database.serviceDataSource()));

  @BeforeEach
  void write_five_entries() {
    for (int i = 1; i <= 5; i++) {
      append("1.2." + i % 2, "entry " + i);
    }
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void an_untouched_chain_is_intact() throws Exception {
    assertThat(verify()).isEqualTo(new ChainVerdict.Intact(5, log.head().orElseThrow().digest()));
    assertThat(log.ofStudy("1.2.0")).extracting(AuditEntry::sequence).containsExactly(2L, 4L);
    assertThat(log.page(3, 10)).extracting(AuditEntry::sequence).containsExactly(4L, 5L);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "UPDATE audit_entry SET actor = 'user:other' WHERE sequence = 3 | 3",
        "UPDATE audit_entry SET recorded_at = recorded_at + interval '1 microsecond' WHERE sequence"
            + " = 2 | 2",
        "UPDATE audit_entry SET subject = NULL WHERE sequence = 4 | 4",
        "UPDATE audit_entry SET detail = '{}' WHERE sequence = 1 | 1",
        "UPDATE audit_entry SET outcome = 'FAILED' WHERE sequence = 5 | 5",
        "UPDATE audit_entry SET digest = sha256('x') WHERE sequence = 3 | 3",
        "DELETE FROM audit_entry WHERE sequence = 1 | 1",
        "DELETE FROM audit_entry WHERE sequence = 3 | 3",
        "UPDATE audit_entry SET sequence = sequence + 10 WHERE sequence = 5 | 5",
        "UPDATE audit_entry SET actor = study_instance_uid, study_instance_uid = actor WHERE"
            + " sequence = 2 | 2"
      })
  void what_the_owner_of_the_database_changes_is_found_at_its_first_entry(
      String tampering, long firstBroken) throws Exception {
    new JdbcTemplate(database.ownerDataSource()).update(tampering.strip());
    assertThat(verify())
        .isInstanceOfSatisfying(
            ChainVerdict.Broken.class,
            broken -> assertThat(broken.sequence()).isEqualTo(firstBroken));
  }

  @Test
  void a_chain_cut_short_lacks_the_head_noted_earlier() throws Exception {
    String head = "5:" + log.head().orElseThrow().digest();
    assertThat(verify(head)).isInstanceOf(ChainVerdict.Intact.class);
    new JdbcTemplate(database.ownerDataSource())
        .update("DELETE FROM audit_entry WHERE sequence = 5");
    assertThat(verify()).isInstanceOf(ChainVerdict.Intact.class);
    assertThat(verify(head))
        .isInstanceOfSatisfying(
            ChainVerdict.Broken.class, broken -> assertThat(broken.sequence()).isEqualTo(5));
    append("1.2.3", "written in its place");
    assertThat(verify(head)).isInstanceOf(ChainVerdict.Broken.class);
  }

  @Test
  void an_act_rolled_back_leaves_no_entry() throws Exception {
    transaction.executeWithoutResult(
        status -> {
          trail.append(act("1.2.3", "undone"));
          status.setRollbackOnly();
        });
    append("1.2.3", "done");
    assertThat(verify())
        .isInstanceOfSatisfying(
            ChainVerdict.Intact.class, intact -> assertThat(intact.entries()).isEqualTo(6));
  }

  @Test
  void an_entry_without_a_transaction_is_refused() {
    assertThatThrownBy(() -> trail.append(act("1.2.3", "loose")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void writers_at_the_same_time_make_one_chain() throws Exception {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, 60).forEach(i -> executor.submit(() -> append("1.2.3", "parallel " + i)));
    }
    assertThat(verify())
        .isInstanceOfSatisfying(
            ChainVerdict.Intact.class, intact -> assertThat(intact.entries()).isEqualTo(65));
  }

  @Test
  void text_that_the_table_cannot_hold_does_not_break_the_chain() throws Exception {
    append("1.2.3", "nul \0, lone \uD800, pair \uD83E\uDE7B, 山田^太郎");
    assertThat(verify()).isInstanceOf(ChainVerdict.Intact.class);
  }

  private void append(String study, String note) {
    transaction.executeWithoutResult(status -> trail.append(act(study, note)));
  }

  private static AuditAct act(String study, String note) {
    return new AuditAct(
        AuditAction.STUDY_VIEWED,
        Outcome.SUCCESS,
        "user:admin",
        study,
        "subject",
        Map.of("note", note, "b", "2", "a", "1"));
  }

  private ChainVerdict verify() throws Exception {
    return verify(null);
  }

  private ChainVerdict verify(@Nullable String known) throws Exception {
    try (var connection = database.ownerDataSource().getConnection()) {
      return new ChainVerifier().verify(connection, known);
    }
  }
}
