package io.overread.gateway.commitment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.overread.db.TestDatabase;
import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.net.Association;
import io.overread.dicom.net.AssociationAcceptor;
import io.overread.dicom.net.DimseRequest;
import io.overread.dicom.net.DimseResponder;
import io.overread.dicom.net.DimseResponse;
import io.overread.dicom.net.DimseService;
import io.overread.dicom.net.DimseStatus;
import io.overread.dicom.net.EventReport;
import io.overread.dicom.net.dimse.CommandField;
import io.overread.gateway.Sample;
import io.overread.gateway.SpringGateway;
import io.overread.gateway.association.AskingPeer;
import io.overread.gateway.instance.InstanceStore;
import io.overread.gateway.instance.StoredInstances;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Storage Commitment both ways, over real associations. */
class CommitmentIT {

  private static final String MODEL = Uid.StorageCommitmentPushModel;
  private static final String INSTANCE = Uid.StorageCommitmentPushModelInstance;
  private static final Duration LONG = Duration.ofSeconds(20);

  private final BlockingQueue<EventReport> reports = new LinkedBlockingQueue<>();
  private final BlockingQueue<DataSet> asked = new LinkedBlockingQueue<>();
  private boolean reportsAtOnce;
  private TestDatabase database;
  private AssociationAcceptor archive;
  private SpringGateway gateway;

  /** The other side, as SCU that takes reports and as SCP that commits to all but one instance. */
  private final class Archive implements DimseService {
    @Override
    public Set<String> sopClassUids() {
      return Set.of(MODEL);
    }

    @Override
    public boolean requestorMayBeScp(String sopClassUid) {
      return true;
    }

    @Override
    public void serve(DimseRequest request, DimseResponder responder) throws IOException {
      if (request.field() == CommandField.N_EVENT_REPORT_RQ) {
        reports.add(EventReport.of(request).orElseThrow());
        responder.respond(DimseResponse.of(DimseStatus.SUCCESS));
        return;
      }
      DataSet information = request.readDataSet();
      responder.respond(DimseResponse.of(DimseStatus.SUCCESS));
      if (reportsAtOnce) {
        EventReport report = answer(information);
        responder.report(report.sopInstanceUid(), report.eventTypeId(), report.dataSet());
      }
      asked.add(information);
    }
  }

  @BeforeEach
  void start(@TempDir Path home) throws Exception {
    database = TestDatabase.create();
    archive = AskingPeer.listen(new Archive());
    gateway =
        new SpringGateway(
            database.serviceDataSource(),
            study -> {},
            Map.of(
                "overread.home", home.toString(),
                "overread.dicom-port", "0",
                "overread.capacity.acknowledge", "committed",
                "overread.storage.free-space-floor", "0B",
                "overread.peers.archive.ae-title", "ARCHIVE",
                "overread.peers.archive.host", "127.0.0.1",
                "overread.peers.archive.port", Integer.toString(archive.port())));
  }

  @AfterEach
  void stop() {
    gateway.close();
    archive.close();
    database.close();
  }

  @Test
  void what_is_held_whole_is_committed_to_on_the_association_of_the_request() throws Exception {
    store(Sample.of(1, 1));
    store(Sample.of(1, 2));
    Path damaged = path("2.25.1.1.2");
    byte[] bytes = Files.readAllBytes(damaged);
    bytes[bytes.length - 1]++;
    Files.write(damaged, bytes);

    try (Association association = AskingPeer.associate(gateway.port(), "ARCHIVE", MODEL)) {
      assertThat(ask(association, "2.25.9", "2.25.1.1.1", "2.25.1.1.2", "2.25.1.1.3"))
          .isEqualTo(DimseStatus.SUCCESS);
      assertThat(association.awaitReport(LONG, this::take)).isTrue();
    }

    EventReport report = reports.remove();
    assertThat(report.eventTypeId()).isEqualTo(2);
    assertThat(report.dataSet().string(Tag.TransactionUID)).hasValue("2.25.9");
    assertThat(report.dataSet().items(Tag.ReferencedSOPSequence))
        .extracting(item -> item.string(Tag.ReferencedSOPInstanceUID).orElseThrow())
        .containsExactly("2.25.1.1.1");
    assertThat(References.failures(report.dataSet()))
        .isEqualTo(Map.of("2.25.1.1.2", 0x0110, "2.25.1.1.3", 0x0112));
    await().atMost(LONG).until(() -> states("commitment_request").equals(List.of("REPORTED")));
    assertThat(audited()).contains("COMMITMENT_REQUESTED", "COMMITMENT_REPORTED");
  }

  @Test
  void a_peer_that_releases_at_once_is_reported_to_on_another_association() throws Exception {
    store(Sample.of(1, 1));
    // Its listener does not take the report at first on this association: it has no chance to.
    Association association = AskingPeer.associate(gateway.port(), "ARCHIVE", MODEL);
    association.action(MODEL, INSTANCE, 1, request("2.25.9", "2.25.1.1.1"), this::refuse);
    association.abort();

    EventReport report = reports.poll(LONG.toSeconds(), TimeUnit.SECONDS);

    assertThat(report).isNotNull();
    assertThat(report.eventTypeId()).isEqualTo(1);
    assertThat(report.dataSet().string(Tag.TransactionUID)).hasValue("2.25.9");
    await().atMost(LONG).until(() -> states("commitment_request").equals(List.of("REPORTED")));
  }

  @Test
  void who_can_not_be_called_back_is_given_up() throws Exception {
    Association association = AskingPeer.associate(gateway.port(), "NOBODY", MODEL);
    association.action(MODEL, INSTANCE, 1, request("2.25.9", "2.25.1.1.1"), this::refuse);
    association.abort();

    await().atMost(LONG).until(() -> states("commitment_request").equals(List.of("GIVEN_UP")));
  }

  @Test
  void improper_requests_are_told_what_is_wrong() throws Exception {
    try (Association association = AskingPeer.associate(gateway.port(), "ARCHIVE", MODEL)) {
      DataSet good = request("2.25.9", "2.25.1.1.1");
      assertThat(association.action(MODEL, "1.2.3", 1, good, this::take).status().code())
          .isEqualTo(0x0112);
      assertThat(association.action(MODEL, INSTANCE, 7, good, this::take).status().code())
          .isEqualTo(0x0123);
      DataSet none = new DataSet().putString(Tag.TransactionUID, "2.25.9");
      assertThat(association.action(MODEL, INSTANCE, 1, none, this::take).status().code())
          .isEqualTo(0x0115);
    }
    assertThat(states("commitment_request")).isEmpty();
  }

  @Test
  void a_peer_that_answers_on_the_same_association_settles_our_request() throws Exception {
    reportsAtOnce = true;

    String transaction =
        gateway
            .bean(CommitmentRequests.class)
            .ask("archive", List.of(reference("1.2.1"), reference("1.2.2")));

    await().atMost(LONG).until(() -> states("commitment_order").equals(List.of("ANSWERED")));
    assertThat(asked.remove().string(Tag.TransactionUID)).hasValue(transaction);
    assertThat(committed()).isEqualTo("1.2.1");
  }

  @Test
  void a_peer_that_answers_later_does_so_on_an_association_of_its_own() throws Exception {
    gateway.bean(CommitmentRequests.class).ask("archive", List.of(reference("1.2.1")));
    DataSet information = asked.poll(LONG.toSeconds(), TimeUnit.SECONDS);
    assertThat(information).isNotNull();

    try (Association stranger = AskingPeer.associate(gateway.port(), "STRANGER", MODEL)) {
      assertThat(stranger.report(answer(information)).status())
          .isEqualTo(DimseStatus.PROCESSING_FAILURE);
    }
    try (Association association = AskingPeer.associate(gateway.port(), "ARCHIVE", MODEL)) {
      assertThat(association.report(answer(information)).status()).isEqualTo(DimseStatus.SUCCESS);
      assertThat(association.report(answer(information)).status()).isEqualTo(DimseStatus.SUCCESS);
    }

    assertThat(states("commitment_order")).containsExactly("ANSWERED");
    assertThat(audited().stream().filter("COMMITMENT_REPORTED"::equals)).hasSize(1);
  }

  private static EventReport answer(DataSet information) {
    List<InstanceReference> references =
        References.read(information, Tag.ReferencedSOPSequence).orElseThrow();
    Map<String, Integer> failures =
        references.contains(reference("1.2.2")) ? Map.of("1.2.2", 0x0112) : Map.of();
    return new EventReport(
        MODEL,
        INSTANCE,
        failures.isEmpty() ? 1 : 2,
        References.report(
            References.transactionUid(information).orElseThrow(), "ARCHIVE", references, failures));
  }

  private static InstanceReference reference(String sopInstanceUid) {
    return new InstanceReference(Sample.SOP_CLASS, sopInstanceUid);
  }

  private DimseStatus ask(Association association, String transactionUid, String... instances)
      throws IOException {
    return association
        .action(MODEL, INSTANCE, 1, request(transactionUid, instances), this::take)
        .status();
  }

  private static DataSet request(String transactionUid, String... instances) {
    return References.request(
        transactionUid, List.of(instances).stream().map(CommitmentIT::reference).toList());
  }

  private DimseStatus take(EventReport report) {
    reports.add(report);
    return DimseStatus.SUCCESS;
  }

  private DimseStatus refuse(EventReport report) {
    return DimseStatus.PROCESSING_FAILURE;
  }

  private Path path(String sopInstanceUid) {
    return gateway.bean(StoredInstances.class).find(sopInstanceUid).orElseThrow().path();
  }

  private void store(Sample sample) throws IOException {
    gateway.bean(InstanceStore.class).receive(sample.arrival(), sample.stream());
  }

  private List<String> states(String table) {
    return rows("select state from " + table);
  }

  private String committed() {
    return rows("select array_to_string(committed_sop_instance_uids, ' ') from commitment_order")
        .getFirst();
  }

  private List<String> audited() {
    return rows("select action from audit_entry order by sequence");
  }

  private List<String> rows(String sql) {
    return JdbcClient.create(database.ownerDataSource()).sql(sql).query(String.class).list();
  }
}
