package io.overread.dicom.toolkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.net.AssociationDecision;
import io.overread.dicom.net.AssociationEvent;
import io.overread.dicom.net.AssociationRefusedException;
import io.overread.dicom.net.AssociationRejection;
import io.overread.dicom.net.DimseStatus;
import io.overread.dicom.net.FileResult;
import io.overread.dicom.net.RequestorSettings;
import io.overread.dicom.net.StorageAssociation;
import io.overread.dicom.net.StorageRequestor;
import io.overread.dicom.net.StoreResponse;
import io.overread.dicom.net.dimse.DataSetSourceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the product expects of a toolkit's server and client, whichever toolkit it is. */
@Timeout(60)
public abstract class ServerAndClientContract {
  private static final String CT = Uid.CTImageStorage;
  private static final String EXPLICIT = Uid.ExplicitVRLittleEndian;

  @TempDir Path folder;

  private final DicomToolkit toolkit;

  /** Of a toolkit. */
  protected ServerAndClientContract(DicomToolkit toolkit) {
    this.toolkit = toolkit;
  }

  @Test
  void c_echo_is_answered() throws Exception {
    try (Peer peer = Peer.storing(toolkit);
        StorageAssociation association =
            toolkit.connect(peer.request(Uid.Verification, EXPLICIT))) {
      assertThat(association.echo()).isEqualTo(DimseStatus.SUCCESS);
      assertThat(association.echo()).isEqualTo(DimseStatus.SUCCESS);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        Uid.ImplicitVRLittleEndian,
        Uid.ExplicitVRLittleEndian,
        Uid.ExplicitVRBigEndian,
        Uid.DeflatedExplicitVRLittleEndian,
        Uid.RLELossless,
        Uid.JPEGLosslessSV1,
        Uid.JPEG2000Lossless
      })
  void a_data_set_arrives_in_its_own_transfer_syntax_byte_for_byte(String syntax) throws Exception {
    byte[] sent = bytes(200_002); // Nobody looks into it, so it may be anything.
    try (Peer peer = Peer.storing(toolkit)) {
      for (StorageRequestor requestor : List.of(toolkit, new OwnToolkit())) {
        try (StorageAssociation association = requestor.connect(peer.request(CT, syntax))) {
          assertThat(association.context(CT, syntax)).isPresent();
          assertThat(store(association, syntax, sent)).isEqualTo(StoreResponse.SUCCESS);
        }
        assertThat(peer.stored("1.2.3 " + syntax)).isEqualTo(sent);
      }
    }
    try (Peer own = Peer.storing(new OwnToolkit());
        StorageAssociation association = toolkit.connect(own.request(CT, syntax))) {
      store(association, syntax, sent);
      assertThat(own.stored("1.2.3 " + syntax)).isEqualTo(sent);
    }
  }

  @Test
  void files_are_sent_each_in_its_own_transfer_syntax() throws Exception {
    Path implicit = Sent.file(folder, "1.2.1", Uid.ImplicitVRLittleEndian);
    Path deflated = Sent.file(folder, "1.2.2", Uid.DeflatedExplicitVRLittleEndian);
    Path garbage = Files.writeString(folder.resolve("garbage"), "not DICOM");
    try (Peer peer = Peer.storing(toolkit)) {
      List<FileResult> results =
          toolkit
              .storageScu(peer.remote(), "REQUESTOR", RequestorSettings.DEFAULT)
              .send(List.of(garbage, implicit, deflated));

      assertThat(results).hasSize(3);
      assertThat(results.getFirst())
          .isInstanceOfSatisfying(
              FileResult.NotSent.class,
              not -> assertThat(not.cause()).isEqualTo(FileResult.Cause.UNREADABLE));
      assertThat(peer.stored("1.2.1 " + Uid.ImplicitVRLittleEndian))
          .isEqualTo(Sent.dataSet(implicit));
      assertThat(peer.stored("1.2.2 " + Uid.DeflatedExplicitVRLittleEndian))
          .isEqualTo(Sent.dataSet(deflated));
    }
  }

  @Test
  void a_context_that_is_not_one_of_storage_is_not_accepted() throws Exception {
    try (Peer peer = Peer.storing(toolkit);
        StorageAssociation association =
            toolkit.connect(peer.request(Uid.HangingProtocolStorage, EXPLICIT))) {
      assertThat(association.contexts()).isEmpty();
    }
  }

  @Test
  void a_refusal_reaches_the_requestor_with_its_reason() throws Exception {
    for (AssociationRejection rejection :
        List.of(
            AssociationRejection.CALLING_AE_TITLE_NOT_RECOGNIZED,
            AssociationRejection.CALLED_AE_TITLE_NOT_RECOGNIZED,
            AssociationRejection.NO_REASON_GIVEN,
            AssociationRejection.LOCAL_LIMIT_EXCEEDED,
            AssociationRejection.TEMPORARY_CONGESTION)) {
      try (Peer peer = Peer.open(toolkit, 4, _ -> AssociationDecision.reject(rejection))) {
        assertThatThrownBy(() -> toolkit.connect(peer.request(CT, EXPLICIT)).close())
            .isInstanceOfSatisfying(
                AssociationRefusedException.class,
                refused -> assertThat(refused.rejection()).isEqualTo(rejection));
        assertThat(peer.awaitOne(AssociationEvent.Refused.class).rejection()).isEqualTo(rejection);
      }
    }
  }

  @Test
  void the_policy_learns_who_asks() throws Exception {
    try (Peer peer = Peer.storing(toolkit)) {
      toolkit.connect(peer.request(CT, EXPLICIT)).close();

      AssociationEvent.Accepted accepted = peer.awaitOne(AssociationEvent.Accepted.class);
      assertThat(accepted.association().callingAeTitle()).isEqualTo("REQUESTOR");
      assertThat(accepted.association().calledAeTitle()).isEqualTo("OVERREAD");
      assertThat(accepted.association().remoteAddress().getAddress().isLoopbackAddress()).isTrue();
      assertThat(accepted.contexts()).hasSize(1);
      assertThat(peer.awaitOne(AssociationEvent.Released.class).association())
          .isEqualTo(accepted.association());
    }
  }

  @Test
  void one_association_more_than_allowed_is_refused_until_another_ends() throws Exception {
    try (Peer peer = Peer.open(toolkit, 1, _ -> AssociationDecision.accept())) {
      try (StorageAssociation _ = toolkit.connect(peer.request(CT, EXPLICIT))) {
        assertThat(peer.server().load().associations()).isEqualTo(1);
        assertThatThrownBy(() -> toolkit.connect(peer.request(CT, EXPLICIT)).close())
            .isInstanceOfSatisfying(
                AssociationRefusedException.class,
                refused ->
                    assertThat(refused.rejection())
                        .isEqualTo(AssociationRejection.LOCAL_LIMIT_EXCEEDED));
      }
      await().until(() -> peer.server().load().associations() == 0);
      toolkit.connect(peer.request(CT, EXPLICIT)).close();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0xA700, 0xA900, 0xC000, 0x0111, 0xB000})
  void the_status_of_the_handler_reaches_the_requestor(int code) throws Exception {
    StoreResponse answer = StoreResponse.of(new DimseStatus(code), "why it is so");
    try (Peer peer = Peer.answering(toolkit, (_, _) -> answer);
        StorageAssociation association = toolkit.connect(peer.request(CT, EXPLICIT))) {
      // What the handler leaves of the data set is drained: the next one is understood.
      for (int i = 0; i < 2; i++) {
        StoreResponse response = store(association, EXPLICIT, bytes(100_000));
        assertThat(response.status()).isEqualTo(answer.status());
        assertThat(response.errorComment()).isEqualTo("why it is so");
      }
    }
  }

  @Test
  void a_handler_that_fails_is_a_processing_failure_and_the_association_goes_on() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    try (Peer peer =
            Peer.answering(
                toolkit,
                (_, _) -> {
                  if (calls.getAndIncrement() == 0) {
                    throw new IllegalStateException("the handler's own");
                  }
                  return StoreResponse.SUCCESS;
                });
        StorageAssociation association = toolkit.connect(peer.request(CT, EXPLICIT))) {
      assertThat(store(association, EXPLICIT, bytes(50_000)).status())
          .isEqualTo(DimseStatus.PROCESSING_FAILURE);
      assertThat(store(association, EXPLICIT, bytes(50_000))).isEqualTo(StoreResponse.SUCCESS);
      peer.awaitOne(AssociationEvent.HandlerFailed.class);
    }
  }

  @Test
  void two_associations_are_served_at_once() throws Exception {
    CyclicBarrier both = new CyclicBarrier(2);
    try (Peer peer =
            Peer.answering(
                toolkit,
                (_, dataSet) -> {
                  try {
                    both.await(30, TimeUnit.SECONDS);
                  } catch (Exception e) {
                    throw new IOException("the other did not come", e);
                  }
                  dataSet.readAllBytes();
                  return StoreResponse.SUCCESS;
                });
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<StoreResponse> one = threads.submit(() -> storeOnce(peer));
      Future<StoreResponse> other = threads.submit(() -> storeOnce(peer));

      assertThat(one.get()).isEqualTo(StoreResponse.SUCCESS);
      assertThat(other.get()).isEqualTo(StoreResponse.SUCCESS);
    }
  }

  @Test
  void an_abort_within_a_data_set_is_no_end_of_it() throws Exception {
    CompletableFuture<Exception> seen = new CompletableFuture<>();
    try (Peer peer =
            Peer.answering(
                toolkit,
                (_, dataSet) -> {
                  try {
                    dataSet.readAllBytes();
                    seen.complete(new IllegalStateException("the data set ended"));
                    return StoreResponse.SUCCESS;
                  } catch (IOException e) {
                    seen.complete(e);
                    throw e;
                  }
                });
        StorageAssociation association = toolkit.connect(peer.request(CT, EXPLICIT))) {
      InputStream breaking = new SequenceInputStream(data(300_000), new BrokenStream());

      assertThatThrownBy(() -> association.store(CT, "1.2.3", EXPLICIT, breaking))
          .isInstanceOf(DataSetSourceException.class);

      assertThat(seen.get(30, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
      peer.awaitOne(AssociationEvent.Aborted.class);
    }
  }

  /** It would wait for ever if either side took the whole object before it passed any on. */
  @Test
  void a_large_object_streams() throws Exception {
    CountDownLatch firstBytesSeen = new CountDownLatch(1);
    int half = 24 << 20;
    try (Peer peer =
            Peer.answering(
                toolkit,
                (_, dataSet) -> {
                  dataSet.skipNBytes(1 << 20);
                  firstBytesSeen.countDown();
                  long rest = dataSet.transferTo(OutputStream.nullOutputStream());
                  return rest == 2L * half - (1 << 20)
                      ? StoreResponse.SUCCESS
                      : StoreResponse.of(DimseStatus.CANNOT_UNDERSTAND);
                });
        StorageAssociation association = toolkit.connect(peer.request(CT, EXPLICIT))) {
      InputStream waiting = new WaitingStream(firstBytesSeen);
      InputStream object =
          new SequenceInputStream(new SequenceInputStream(data(half), waiting), data(half));

      assertThat(association.store(CT, "1.2.3", EXPLICIT, object)).isEqualTo(StoreResponse.SUCCESS);
    }
  }

  private StoreResponse storeOnce(Peer peer) throws IOException {
    try (StorageAssociation association = toolkit.connect(peer.request(CT, EXPLICIT))) {
      return store(association, EXPLICIT, bytes(100_000));
    }
  }

  private static StoreResponse store(StorageAssociation association, String syntax, byte[] dataSet)
      throws IOException {
    return association.store(CT, "1.2.3", syntax, new ByteArrayInputStream(dataSet));
  }

  private static InputStream data(int length) {
    return new ByteArrayInputStream(new byte[length]);
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static final class BrokenStream extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("the disk is gone");
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return read();
    }
  }

  /** Ends once the latch opens. */
  private static final class WaitingStream extends InputStream {
    private final CountDownLatch latch;

    WaitingStream(CountDownLatch latch) {
      this.latch = latch;
    }

    @Override
    public int read() throws IOException {
      try {
        if (!latch.await(40, TimeUnit.SECONDS)) {
          throw new IOException("nothing has come out at the other end");
        }
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      return -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return read();
    }
  }
}
