package io.overread.gateway.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.audit.AuditTrail;
import io.overread.db.TestDatabase;
import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.net.Association;
import io.overread.dicom.net.AssociationAcceptor;
import io.overread.dicom.net.DimseService;
import io.overread.dicom.net.DimseStatus;
import io.overread.gateway.association.AskingPeer;
import io.overread.gateway.study.StudySignal;
import io.overread.gateway.study.StudySignal.Availability;
import io.overread.gateway.study.StudySignal.AvailabilityNotified;
import io.overread.gateway.study.StudySignal.End;
import io.overread.gateway.study.StudySignal.PerformedStepEnded;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What peers tell of a study's completeness, over real associations. */
class StudySignalIT {

  private final List<StudySignal> signals = Collections.synchronizedList(new ArrayList<>());
  private TestDatabase database;
  private SignalDesk desk;

  @BeforeEach
  void start() {
    database = TestDatabase.create();
    DataSource dataSource = database.serviceDataSource();
    desk =
        new SignalDesk(
            new TransactionTemplate(new JdbcTransactionManager(dataSource)),
            new AuditTrail(dataSource, Clock.systemUTC()),
            signals::add);
  }

  @AfterEach
  void stop() {
    database.close();
  }

  @Test
  void an_availability_notification_tells_the_instances_and_the_least_available_of_them()
      throws Exception {
    String sopClass = Uid.InstanceAvailabilityNotification;
    DataSet good = availability("1.2.1", "ONLINE", "NEARLINE");
    try (AssociationAcceptor acceptor = AskingPeer.listen(new AvailabilityService(desk));
        Association association = AskingPeer.associate(acceptor.port(), "ARCHIVE", sopClass)) {
      assertThat(association.create(sopClass, "1.2.9", good).status())
          .isEqualTo(DimseStatus.SUCCESS);
      for (DataSet bad :
          List.of(
              availability("no uid", "ONLINE"),
              availability("1.2.1", "SOMEWHERE"),
              availability("1.2.1"),
              new DataSet())) {
        assertThat(association.create(sopClass, "1.2.9", bad).status())
            .isEqualTo(DimseStatus.INVALID_ATTRIBUTE_VALUE);
      }
      assertThat(association.set(sopClass, "1.2.9", good).status())
          .isEqualTo(DimseStatus.UNRECOGNIZED_OPERATION);
    }

    assertThat(signals)
        .containsExactly(
            new AvailabilityNotified(
                "1.2.1",
                Map.of("1.2.2", Set.of("1.2.3.0", "1.2.3.1")),
                Availability.NEARLINE,
                "ARCHIVE"));
    assertThat(rows("select study_instance_uid from audit_entry where action = 'STUDY_SIGNALLED'"))
        .containsExactly("1.2.1");
  }

  @Test
  void a_performed_step_is_a_signal_for_each_of_its_studies_once_it_ends() throws Exception {
    String sopClass = Uid.ModalityPerformedProcedureStep;
    DataSet series =
        new DataSet()
            .putString(Tag.SeriesInstanceUID, "1.2.2")
            .putItems(Tag.ReferencedImageSequence, reference("1.2.3"))
            .putItems(Tag.ReferencedNonImageCompositeSOPInstanceSequence, reference("1.2.4"));
    DataSet completed = status("COMPLETED").putItems(Tag.PerformedSeriesSequence, series);
    DataSet begun =
        status("IN PROGRESS")
            .putItems(Tag.ScheduledStepAttributesSequence, study("1.2.1"), study("1.2.11"));
    try (AssociationAcceptor acceptor = AskingPeer.listen(service());
        Association association = AskingPeer.associate(acceptor.port(), "MODALITY", sopClass)) {
      assertThat(association.create(sopClass, "1.2.9", begun).status())
          .isEqualTo(DimseStatus.SUCCESS);
      assertThat(association.create(sopClass, "1.2.9", begun).status())
          .isEqualTo(DimseStatus.DUPLICATE_SOP_INSTANCE);
      assertThat(association.set(sopClass, "1.2.9", status("IN PROGRESS")).status())
          .isEqualTo(DimseStatus.SUCCESS);
      assertThat(signals).isEmpty();
      assertThat(association.set(sopClass, "1.2.9", completed).status())
          .isEqualTo(DimseStatus.SUCCESS);
      assertThat(association.set(sopClass, "1.2.9", completed).status())
          .isEqualTo(DimseStatus.PROCESSING_FAILURE);
      assertThat(association.set(sopClass, "1.2.99", completed).status().code()).isEqualTo(0x0112);
      assertThat(association.create(sopClass, "1.2.10", status("IN PROGRESS")).status())
          .isEqualTo(DimseStatus.INVALID_ATTRIBUTE_VALUE);
    }

    Map<String, Set<String>> instances = Map.of("1.2.2", Set.of("1.2.3", "1.2.4"));
    assertThat(signals)
        .containsExactly(
            new PerformedStepEnded("1.2.1", "1.2.9", instances, End.COMPLETED, "MODALITY"),
            new PerformedStepEnded("1.2.11", "1.2.9", instances, End.COMPLETED, "MODALITY"));
    assertThat(rows("select status from performed_step")).containsExactly("COMPLETED");
  }

  @Test
  void a_signal_that_a_listener_refuses_changes_nothing() throws Exception {
    String sopClass = Uid.ModalityPerformedProcedureStep;
    DataSource dataSource = database.serviceDataSource();
    desk =
        new SignalDesk(
            new TransactionTemplate(new JdbcTransactionManager(dataSource)),
            new AuditTrail(dataSource, Clock.systemUTC()),
            _ -> {
              throw new IllegalStateException("not now");
            });
    try (AssociationAcceptor acceptor = AskingPeer.listen(service());
        Association association = AskingPeer.associate(acceptor.port(), "MODALITY", sopClass)) {
      DataSet begun =
          status("IN PROGRESS").putItems(Tag.ScheduledStepAttributesSequence, study("1.2.1"));
      association.create(sopClass, "1.2.9", begun);
      assertThat(association.set(sopClass, "1.2.9", status("DISCONTINUED")).status())
          .isEqualTo(DimseStatus.PROCESSING_FAILURE);
    }

    assertThat(rows("select status from performed_step")).containsExactly("IN PROGRESS");
    assertThat(rows("select action from audit_entry")).isEmpty();
  }

  private DimseService service() throws IOException {
    return new PerformedStepService(
        new PerformedStepTable(database.serviceDataSource()), desk, Clock.systemUTC());
  }

  private static DataSet availability(String study, String... values) {
    DataSet[] references = new DataSet[values.length];
    for (int i = 0; i < values.length; i++) {
      references[i] = reference("1.2.3." + i).putString(Tag.InstanceAvailability, values[i]);
    }
    DataSet series =
        new DataSet()
            .putString(Tag.SeriesInstanceUID, "1.2.2")
            .putItems(Tag.ReferencedSOPSequence, references);
    return new DataSet()
        .putString(Tag.StudyInstanceUID, study)
        .putItems(Tag.ReferencedSeriesSequence, series);
  }

  private static DataSet reference(String uid) {
    return new DataSet()
        .putString(Tag.ReferencedSOPClassUID, Uid.CTImageStorage)
        .putString(Tag.ReferencedSOPInstanceUID, uid);
  }

  private static DataSet study(String uid) {
    return new DataSet().putString(Tag.StudyInstanceUID, uid);
  }

  private static DataSet status(String status) {
    return new DataSet().putString(Tag.PerformedProcedureStepStatus, status);
  }

  private List<String> rows(String sql) {
    return JdbcClient.create(database.ownerDataSource()).sql(sql).query(String.class).list();
  }
}
