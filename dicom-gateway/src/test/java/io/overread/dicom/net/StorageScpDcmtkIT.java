package io.overread.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DicomFile;
import io.overread.dicom.data.DicomFormatException;
import io.overread.dicom.data.FileMeta;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.net.pdu.AbortReason;
import io.overread.dicom.net.pdu.UserIdentity;
import io.overread.dicom.net.pdu.WireText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DCMTK's echoscu, storescu and dcmsend against our SCP. */
class StorageScpDcmtkIT {
  @TempDir Path folder;

  private final Events events = new Events();
  private final Map<String, Path> stored = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private AssociationAcceptor acceptor;
  private String port = "";

  @BeforeEach
  void listen() throws IOException {
    Dcmtk.require();
    acceptor =
        AssociationAcceptor.open(
            Acceptors.settings(64, Acceptors.TIMEOUTS), this::decide, this::store, events);
    port = Integer.toString(acceptor.port());
  }

  @AfterEach
  void close() {
    if (acceptor != null) {
      acceptor.close();
    }
  }

  private AssociationDecision decide(AssociationInfo info) {
    if (info.calledAeTitle().equals("ELSE")) {
      return AssociationDecision.reject(AssociationRejection.CALLED_AE_TITLE_NOT_RECOGNIZED);
    }
    UserIdentity identity = info.userIdentity();
    boolean known =
        identity != null
            && identity.primaryField().asUtf8().equals("mary")
            && identity.secondaryField().asUtf8().equals("secret");
    return new AssociationDecision.Accept(known);
  }

  private StoreResponse store(StoreRequest request, java.io.InputStream dataSet)
      throws IOException {
    Path file = folder.resolve(count.incrementAndGet() + ".dcm");
    try (OutputStream out = Files.newOutputStream(file)) {
      FileMeta.of(request.sopClassUid(), request.sopInstanceUid(), request.transferSyntaxUid())
          .write(out);
      dataSet.transferTo(out);
    }
    stored.put(request.sopInstanceUid(), file);
    return StoreResponse.SUCCESS;
  }

  @Test
  void echoscu_is_answered() throws Exception {
    Dcmtk.Run run = Dcmtk.run("echoscu", "-v", "-aec", "OVERREAD", "localhost", port);

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output()).contains("Received Echo Response (Success)");
  }

  @Test
  void a_refusal_reads_as_it_was_meant() throws Exception {
    Dcmtk.Run run = Dcmtk.run("echoscu", "-aec", "ELSE", "localhost", port);

    assertThat(run.exitCode()).isNotZero();
    assertThat(run.output())
        .contains("Rejected Permanent", "Service User", "Called AE Title Not Recognized");
  }

  @Test
  void real_files_of_many_transfer_syntaxes_arrive_with_their_content() throws Exception {
    List<Path> files = sendable();
    List<String> arguments =
        new ArrayList<>(List.of("-v", "-dn", "-nh", "-nuc", "-aec", "OVERREAD"));
    arguments.addAll(List.of("localhost", port));
    files.forEach(file -> arguments.add(file.toString()));

    Dcmtk.Run run = Dcmtk.run("dcmsend", arguments.toArray(String[]::new));

    Set<String> transferSyntaxes = new TreeSet<>();
    List<String> missing = new ArrayList<>();
    for (Path file : files) {
      DicomFile sent = DicomFile.open(file);
      Path arrived = stored.get(sent.dataSet().string(Tag.SOPInstanceUID).orElseThrow());
      if (arrived == null) {
        missing.add(file.getFileName().toString());
        continue;
      }
      transferSyntaxes.add(sent.meta().transferSyntaxUid().orElseThrow());
      assertSameContent(sent, DicomFile.open(arrived));
    }
    assertThat(missing).as(run.output()).isEmpty();
    assertThat(transferSyntaxes).hasSizeGreaterThanOrEqualTo(12);
    assertThat(events.of(AssociationEvent.HandlerFailed.class)).isEmpty();
    events.awaitOne(AssociationEvent.Released.class);
  }

  /** What our toolkit and DCMTK both take for whole files; the malformed ones are for others. */
  private static List<Path> sendable() throws IOException {
    List<Path> sendable = new ArrayList<>();
    Set<String> instances = new TreeSet<>();
    for (Path file : Dcmtk.realFiles()) {
      Optional<DicomFile> dicom = open(file);
      boolean named =
          dicom
              .filter(opened -> opened.meta().transferSyntaxUid().isPresent())
              .filter(opened -> opened.meta().mediaStorageSopClassUid().isPresent())
              // Where meta information and data set disagree, each program has its own idea.
              .filter(
                  opened ->
                      opened
                          .meta()
                          .mediaStorageSopInstanceUid()
                          .equals(opened.dataSet().string(Tag.SOPInstanceUID)))
              .filter(
                  opened ->
                      opened
                          .dataSet()
                          .find(Tag.SOPInstanceUID)
                          .filter(element -> element.vr() == Vr.UI)
                          .isPresent())
              // DCMTK 3.6.7 writes nothing in transfer syntaxes that came after it.
              .filter(
                  opened -> !opened.transferSyntax().uid().matches(".*\\.4\\.\\d{3}|.*\\.8\\.1"))
              .flatMap(opened -> opened.dataSet().string(Tag.SOPInstanceUID))
              .filter(WireText::isUid)
              .filter(instances::add)
              .isPresent();
      if (named && !isDamaged(file)) {
        sendable.add(file);
      }
    }
    return sendable;
  }

  private static Optional<DicomFile> open(Path file) throws IOException {
    try {
      return Optional.of(DicomFile.open(file));
    } catch (DicomFormatException e) {
      return Optional.empty();
    }
  }

  private static boolean isDamaged(Path file) throws IOException {
    try {
      return Dcmtk.run("dcmftest", file.toString()).output().startsWith("no:")
          || Dcmtk.run("dcmdump", "-q", file.toString()).exitCode() != 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static void assertSameContent(DicomFile sent, DicomFile arrived) {
    DataSet expected = sent.dataSet();
    DataSet actual = arrived.dataSet();
    for (int tag :
        new int[] {
          Tag.SOPInstanceUID, Tag.PatientName, Tag.StudyInstanceUID, Tag.Rows, Tag.SeriesNumber
        }) {
      assertThat(actual.string(tag)).isEqualTo(expected.string(tag));
    }
    if (sent.transferSyntax().encapsulated()) { // The others dcmsend converts among each other.
      assertThat(arrived.transferSyntax().uid())
          .as(sent.path().toString())
          .isEqualTo(sent.transferSyntax().uid());
    }
    assertThat(actual.contains(Tag.PixelData)).isEqualTo(expected.contains(Tag.PixelData));
    assertThat(actual.fragments(Tag.PixelData).map(all -> all.fragments().size()))
        .isEqualTo(expected.fragments(Tag.PixelData).map(all -> all.fragments().size()));
  }

  @ParameterizedTest
  @CsvSource({"4096, 4096", "4096, 131072", "131072, 4096"})
  void pdus_of_any_length_serve(String receive, String send) throws Exception {
    Path file = file("dx_image.dcm");

    Dcmtk.Run run =
        Dcmtk.run(
            "storescu",
            "-v",
            "-R",
            "-pdu",
            receive,
            "--max-send-pdu",
            send,
            "--repeat",
            "20",
            "localhost",
            port,
            file.toString());

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(count).hasValue(20);
  }

  @Test
  void deflated_and_big_endian_proposals_are_taken_as_proposed() throws Exception {
    for (String option : List.of("-xd", "-xb", "-xi", "-xe")) {
      Dcmtk.Run run =
          Dcmtk.run(
              "storescu",
              "-v",
              "-R",
              "+C",
              option,
              "localhost",
              port,
              file("dx_image.dcm").toString());
      assertThat(run.exitCode()).as(run.output()).isZero();
    }
    List<String> chosen =
        events.of(AssociationEvent.Accepted.class).stream()
            .map(accepted -> accepted.contexts().getFirst().transferSyntaxUid())
            .toList();
    assertThat(chosen)
        .containsExactly(
            "1.2.840.10008.1.2.1.99",
            "1.2.840.10008.1.2.2",
            "1.2.840.10008.1.2",
            "1.2.840.10008.1.2.1");
  }

  @Test
  void an_abort_of_storescu_is_told_as_such() throws Exception {
    Dcmtk.run("storescu", "-R", "--abort", "localhost", port, file("dx_image.dcm").toString());

    assertThat(events.awaitOne(AssociationEvent.Aborted.class).end())
        .isEqualTo(new AssociationEnd.AbortedByPeer(AbortReason.SERVICE_USER));
  }

  @Test
  void a_storescu_that_is_killed_leaves_no_association_behind() throws Exception {
    Process process =
        Dcmtk.start(
            "storescu",
            List.of(
                "-R", "--repeat", "100000", "localhost", port, file("dx_image.dcm").toString()));
    events.awaitOne(AssociationEvent.Accepted.class);
    while (count.get() < 5) {
      Thread.sleep(10);
    }
    process.destroyForcibly();

    assertThat(events.awaitOne(AssociationEvent.Aborted.class).end())
        .isInstanceOf(AssociationEnd.ConnectionLost.class);
    assertThat(Dcmtk.run("echoscu", "localhost", port).exitCode()).isZero();
  }

  @Test
  void a_user_identity_is_confirmed_where_the_policy_knows_it() throws Exception {
    String file = file("dx_image.dcm").toString();
    Dcmtk.Run known =
        Dcmtk.run(
            "storescu",
            "-v",
            "-R",
            "-usr",
            "mary",
            "-pwd",
            "secret",
            "-rsp",
            "localhost",
            port,
            file);
    Dcmtk.Run unknown =
        Dcmtk.run(
            "storescu",
            "-v",
            "-R",
            "-usr",
            "mary",
            "-pwd",
            "wrong",
            "-rsp",
            "localhost",
            port,
            file);

    assertThat(known.exitCode()).as(known.output()).isZero();
    assertThat(unknown.exitCode()).as(unknown.output()).isNotZero();
  }

  @Test
  void many_storescus_at_once_are_served() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      processes.add(
          Dcmtk.start(
              "storescu",
              List.of(
                  "-R",
                  "+II",
                  "--repeat",
                  "20",
                  "localhost",
                  port,
                  file("dx_image.dcm").toString())));
    }
    for (Process process : processes) {
      assertThat(process.onExit().get(120, java.util.concurrent.TimeUnit.SECONDS).exitValue())
          .isZero();
    }
    assertThat(count).hasValue(240);
    org.awaitility.Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> events.of(AssociationEvent.Released.class).size() == 12);
  }

  private static Path file(String name) throws IOException {
    return Dcmtk.realFiles().stream().filter(path -> path.endsWith(name)).findFirst().orElseThrow();
  }
}
