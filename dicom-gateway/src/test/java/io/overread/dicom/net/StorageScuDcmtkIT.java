package io.overread.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.overread.dicom.data.DicomFile;
import io.overread.dicom.net.FileResult.Cause;
import io.overread.dicom.net.pdu.ProposedContext;
import io.overread.dicom.net.tls.ReloadableTls;
import io.overread.dicom.net.tls.TestIssuer;
import io.overread.dicom.net.tls.TlsFiles;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our SCU against DCMTK's storescp. */
class StorageScuDcmtkIT {
  @TempDir Path folder;

  @BeforeEach
  void require() {
    Dcmtk.require();
  }

  @Test
  void storescp_answers_our_echo() throws Exception {
    int port = Dcmtk.freePort();
    Process storescp = Dcmtk.storescp(port, folder);
    try (Association association = Association.connect(request(port))) {
      assertThat(association.echo()).isEqualTo(DimseStatus.SUCCESS);
    } finally {
      storescp.destroy();
    }
  }

  @Test
  void real_files_arrive_bit_by_bit_also_in_pdus_of_4_kilobytes() throws Exception {
    Set<String> transferSyntaxes = new HashSet<>();
    for (String maximum : List.of("4096", "131072")) {
      Path received = Files.createDirectory(folder.resolve(maximum));
      int port = Dcmtk.freePort();
      Process storescp = Dcmtk.storescp(port, received, "+xa", "-pm", "+B", "+uf", "-pdu", maximum);
      List<FileResult> results;
      try {
        results = scu(port).send(Dcmtk.realFiles());
      } finally {
        storescp.destroy();
      }
      int answered = 0;
      Set<String> arrivedDataSets = dataSets(received);
      for (FileResult result : results) {
        if (result instanceof FileResult.Answered answer) {
          assertThat(answer.response().status()).isEqualTo(DimseStatus.SUCCESS);
          DicomFile sent = DicomFile.openHeader(answer.file());
          assertThat(arrivedDataSets).contains(digestOf(answer.file(), sent.dataSetOffset()));
          transferSyntaxes.add(sent.transferSyntax().uid());
          answered++;
        } else if (result instanceof FileResult.NotSent notSent) {
          // What is malformed, or newer than this DCMTK.
          assertThat(notSent.cause())
              .as(notSent.toString())
              .isIn(Cause.UNREADABLE, Cause.CONTEXT_NOT_ACCEPTED);
        }
      }
      assertThat(answered).isGreaterThanOrEqualTo(60);
    }
    assertThat(transferSyntaxes).hasSizeGreaterThanOrEqualTo(12);
  }

  @Test
  void a_peer_that_refuses_or_aborts_is_told_apart() throws Exception {
    List<Path> file =
        Dcmtk.realFiles().stream().filter(path -> path.endsWith("CT1_RLE.dcm")).toList();
    assertThat(notSent("--refuse", file)).isEqualTo(Cause.ASSOCIATION_REFUSED);
    assertThat(notSent("--abort-during", file)).isEqualTo(Cause.ASSOCIATION_FAILED);
    assertThat(notSent("--abort-after", file)).isEqualTo(Cause.ASSOCIATION_FAILED);
  }

  private Cause notSent(String option, List<Path> file) throws Exception {
    int port = Dcmtk.freePort();
    Process storescp = Dcmtk.storescp(port, folder, "+xa", option);
    try {
      List<FileResult> results = scu(port).send(file);
      return ((FileResult.NotSent) results.getFirst()).cause();
    } finally {
      storescp.destroy();
    }
  }

  @Test
  void a_refusal_of_storescp_is_read() throws Exception {
    int port = Dcmtk.freePort();
    Process storescp = Dcmtk.storescp(port, folder, "--refuse");
    try {
      assertThatExceptionOfType(AssociationRefusedException.class)
          .isThrownBy(() -> Association.connect(request(port)));
    } finally {
      storescp.destroy();
    }
  }

  @Test
  void storescp_is_sent_to_over_tls_if_it_is_whom_we_trust() throws Exception {
    TestIssuer issuer = TestIssuer.named("Issuer");
    TestIssuer other = TestIssuer.named("Other");
    Path keys = Files.createDirectory(folder.resolve("keys"));
    TlsFiles theirs = issuer.issueRsa("storescp", 2048).in(keys.resolve("theirs"), issuer);
    int port = Dcmtk.freePort();
    Process storescp =
        Dcmtk.storescp(
            port,
            folder,
            "+tls",
            theirs.key().toString(),
            Objects.requireNonNull(theirs.certificate()).toString(),
            "+cf",
            theirs.trust().toString());
    try {
      ReloadableTls trusting =
          ReloadableTls.open(issuer.issue("overread").in(keys.resolve("ours"), issuer));
      try (Association association = Association.connect(request(port, trusting))) {
        assertThat(association.echo()).isEqualTo(DimseStatus.SUCCESS);
      }
      ReloadableTls doubting =
          ReloadableTls.open(issuer.issue("overread").in(keys.resolve("others"), other));
      assertThatExceptionOfType(SSLHandshakeException.class)
          .isThrownBy(() -> Association.connect(request(port, doubting)));
    } finally {
      storescp.destroy();
    }
  }

  private static AssociationRequest request(int port, ReloadableTls tls) {
    return new AssociationRequest(
        new RemoteApplicationEntity(new InetSocketAddress("localhost", port), "STORESCP", tls),
        "REQUESTOR",
        request(port).contexts(),
        null,
        RequestorSettings.DEFAULT);
  }

  private static AssociationRequest request(int port) {
    return Acceptors.request(
        port, new ProposedContext(1, RawPeer.VERIFICATION, List.of(RawPeer.IMPLICIT)));
  }

  private static StorageScu scu(int port) {
    return new StorageScu(Acceptors.remote(port), "REQUESTOR", RequestorSettings.DEFAULT);
  }

  private static Set<String> dataSets(Path received) throws IOException {
    Set<String> digests = new HashSet<>();
    try (Stream<Path> files = Files.list(received)) {
      for (Path file : files.toList()) {
        digests.add(digestOf(file, DicomFile.openHeader(file).dataSetOffset()));
      }
    }
    return digests;
  }

  private static String digestOf(Path file, long offset) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int even = bytes.length + (bytes.length - (int) offset) % 2; // As PS3.5 A.5 pads.
    byte[] dataSet = Arrays.copyOfRange(bytes, (int) offset, even);
    try {
      return java.util.HexFormat.of()
          .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(dataSet));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
