package io.overread.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DicomFile;
import io.overread.dicom.data.FileMeta;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.net.FileResult.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageScuTest {
  @TempDir Path folder;

  private final Events events = new Events();
  private final Map<String, byte[]> stored = new ConcurrentHashMap<>();
  private final StoreHandler storing =
      (request, dataSet) -> {
        stored.put(
            request.sopInstanceUid() + " " + request.transferSyntaxUid(), dataSet.readAllBytes());
        return StoreResponse.SUCCESS;
      };

  @Test
  void each_file_is_sent_in_its_own_transfer_syntax_byte_for_byte() throws Exception {
    List<String> syntaxes =
        List.of(
            Uid.ImplicitVRLittleEndian,
            Uid.ExplicitVRLittleEndian,
            Uid.ExplicitVRBigEndian,
            Uid.DeflatedExplicitVRLittleEndian);
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < syntaxes.size(); i++) {
      files.add(file("1.2." + (i + 1), Uid.CTImageStorage, syntaxes.get(i)));
    }
    try (AssociationAcceptor acceptor = Acceptors.open(storing, events)) {
      List<FileResult> results = scu(acceptor.port()).send(files);

      assertThat(results).hasSize(4).allMatch(StorageScuTest::isDone);
    }
    assertThat(events.of(AssociationEvent.Accepted.class)).hasSize(1);
    for (int i = 0; i < syntaxes.size(); i++) {
      byte[] arrived = stored.get("1.2." + (i + 1) + " " + syntaxes.get(i));
      assertThat(arrived).isNotNull();
      byte[] file = Files.readAllBytes(files.get(i));
      int offset = (int) DicomFile.open(files.get(i)).dataSetOffset();
      assertThat(arrived).isEqualTo(java.util.Arrays.copyOfRange(file, offset, file.length));
    }
  }

  @Test
  void what_cannot_be_sent_is_told_apart_from_what_can() throws Exception {
    Path good = file("1.2.1", Uid.CTImageStorage, Uid.ExplicitVRLittleEndian);
    Path unsupported = file("1.2.2", Uid.HangingProtocolStorage, Uid.ExplicitVRLittleEndian);
    Path garbage = Files.writeString(folder.resolve("garbage"), "not DICOM");
    Path missing = folder.resolve("missing");
    Path odd = file("1.2.3", Uid.CTImageStorage, Uid.ExplicitVRLittleEndian);
    Files.write(odd, new byte[1], StandardOpenOption.APPEND);
    try (AssociationAcceptor acceptor = Acceptors.open(storing, events)) {
      List<FileResult> results =
          scu(acceptor.port()).send(List.of(garbage, unsupported, missing, odd, good));

      assertThat(results).hasSize(5);
      assertThat(cause(results, odd)).isEqualTo(Cause.UNREADABLE);
      assertThat(cause(results, garbage)).isEqualTo(Cause.UNREADABLE);
      assertThat(cause(results, missing)).isEqualTo(Cause.UNREADABLE);
      assertThat(cause(results, unsupported)).isEqualTo(Cause.CONTEXT_NOT_ACCEPTED);
      assertThat(result(results, good)).matches(StorageScuTest::isDone);
    }
  }

  @Test
  void a_broken_association_costs_the_file_under_way_and_no_other() throws Exception {
    AtomicInteger count = new AtomicInteger();
    StoreHandler breaking =
        (request, dataSet) -> {
          if (count.incrementAndGet() == 2) {
            throw new StackOverflowError("a failure that is none of the peer's business");
          }
          return storing.store(request, dataSet);
        };
    List<Path> files = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      files.add(file("1.2." + i, Uid.CTImageStorage, Uid.ExplicitVRLittleEndian));
    }
    try (AssociationAcceptor acceptor = Acceptors.open(breaking, events)) {
      List<FileResult> results = scu(acceptor.port()).send(files);

      assertThat(cause(results, files.get(1))).isEqualTo(Cause.ASSOCIATION_FAILED);
      assertThat(results).hasSize(4).filteredOn(StorageScuTest::isDone).hasSize(3);
    }
    assertThat(events.of(AssociationEvent.Accepted.class)).hasSize(2);
    assertThat(events.awaitOne(AssociationEvent.Aborted.class).end())
        .isInstanceOf(AssociationEnd.AbortedByUs.class);
  }

  @Test
  void a_peer_that_cannot_be_reached_fails_every_file() throws Exception {
    AssociationAcceptor gone = Acceptors.open(storing, events);
    gone.close();
    Path file = file("1.2.1", Uid.CTImageStorage, Uid.ExplicitVRLittleEndian);

    List<FileResult> results = scu(gone.port()).send(List.of(file));

    assertThat(cause(results, file)).isEqualTo(Cause.ASSOCIATION_FAILED);
  }

  @Test
  void more_contexts_than_an_association_holds_take_a_second_one() throws Exception {
    List<Path> files = new ArrayList<>();
    List<String> classes =
        io.overread.dicom.dictionary.UidDictionary.ofType("SOP Class").stream()
            .filter(uid -> uid.startsWith("1.2.840.10008.5.1.4.1.1."))
            .sorted()
            .limit(130)
            .toList();
    assertThat(classes).hasSize(130);
    for (String sopClass : classes) {
      files.add(file("1.2." + (files.size() + 1), sopClass, Uid.ExplicitVRLittleEndian));
    }
    try (AssociationAcceptor acceptor = Acceptors.open(storing, events)) {
      assertThat(scu(acceptor.port()).send(files)).hasSize(130);
    }
    assertThat(events.of(AssociationEvent.Accepted.class)).hasSize(2);
  }

  private static StorageScu scu(int port) {
    return new StorageScu(Acceptors.remote(port), "REQUESTOR", RequestorSettings.DEFAULT);
  }

  private Path file(String sopInstanceUid, String sopClassUid, String transferSyntaxUid)
      throws IOException {
    DataSet dataSet = new DataSet();
    dataSet.putString(Tag.SOPClassUID, sopClassUid);
    dataSet.putString(Tag.SOPInstanceUID, sopInstanceUid);
    dataSet.putString(Tag.PatientName, "Doe^Jane");
    dataSet.putBytes(Tag.PixelData, Vr.OW, new byte[40_000]);
    Path file = folder.resolve(sopInstanceUid + ".dcm");
    DicomFile.write(file, FileMeta.of(sopClassUid, sopInstanceUid, transferSyntaxUid), dataSet);
    return file;
  }

  private static FileResult result(List<FileResult> results, Path file) {
    return results.stream().filter(result -> result.file().equals(file)).findFirst().orElseThrow();
  }

  private static Cause cause(List<FileResult> results, Path file) {
    return ((FileResult.NotSent) result(results, file)).cause();
  }

  private static boolean isDone(FileResult result) {
    return result instanceof FileResult.Answered answered && answered.response().status().isDone();
  }
}
