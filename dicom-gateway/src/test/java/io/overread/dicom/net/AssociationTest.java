package io.overread.dicom.net;

import static io.overread.dicom.net.RawPeer.CT;
import static io.overread.dicom.net.RawPeer.EXPLICIT;
import static io.overread.dicom.net.RawPeer.IMPLICIT;
import static io.overread.dicom.net.RawPeer.VERIFICATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.overread.dicom.net.dimse.DataSetSourceException;
import io.overread.dicom.net.pdu.AbortReason;
import io.overread.dicom.net.pdu.ProposedContext;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our SCU against our SCP, over the loopback interface. */
class AssociationTest {
  private static final ProposedContext STORAGE = new ProposedContext(1, CT, List.of(EXPLICIT));
  private static final ProposedContext ECHO =
      new ProposedContext(3, VERIFICATION, List.of(IMPLICIT));

  private final Events events = new Events();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 16_377, 16_378, 16_379, 32_755, 32_756, 32_757, 1_000_001})
  void a_data_set_of_any_length_arrives_as_it_was_sent(int length) throws Exception {
    byte[] dataSet = new byte[length];
    new Random(length).nextBytes(dataSet);
    List<byte[]> stored = new CopyOnWriteArrayList<>();
    StoreHandler handler =
        (_, stream) -> {
          stored.add(stream.readAllBytes());
          return StoreResponse.SUCCESS;
        };
    try (AssociationAcceptor acceptor = Acceptors.open(handler, events);
        Association association =
            Association.connect(Acceptors.request(acceptor.port(), STORAGE, ECHO))) {
      for (int i = 0; i < 3; i++) {
        assertThat(association.store(CT, "1.2." + i, EXPLICIT, new ByteArrayInputStream(dataSet)))
            .isEqualTo(StoreResponse.SUCCESS);
        assertThat(association.echo()).isEqualTo(DimseStatus.SUCCESS);
      }
      association.release();
      events.awaitOne(AssociationEvent.Released.class);
    }
    assertThat(stored).hasSize(3).allMatch(arrived -> Arrays.equals(arrived, dataSet));
  }

  @Test
  void the_response_of_the_peer_is_handed_on() throws Exception {
    StoreResponse refused =
        new StoreResponse(DimseStatus.OUT_OF_RESOURCES, "disk full", List.of(0x7FE00010));
    try (AssociationAcceptor acceptor = Acceptors.open((_, _) -> refused, events);
        Association association =
            Association.connect(Acceptors.request(acceptor.port(), STORAGE))) {
      assertThat(association.store(CT, "1.2", EXPLICIT, InputStream.nullInputStream()))
          .isEqualTo(refused);
    }
  }

  @Test
  void a_refusal_is_told_with_its_reason() throws Exception {
    AssociationPolicy policy =
        _ -> AssociationDecision.reject(AssociationRejection.CALLED_AE_TITLE_NOT_RECOGNIZED);
    try (AssociationAcceptor acceptor =
        AssociationAcceptor.open(
            Acceptors.settings(4, Acceptors.TIMEOUTS),
            policy,
            (_, _) -> StoreResponse.SUCCESS,
            events)) {
      assertThatExceptionOfType(AssociationRefusedException.class)
          .isThrownBy(() -> Association.connect(Acceptors.request(acceptor.port(), STORAGE)))
          .matches(e -> !e.isTransient())
          .extracting(AssociationRefusedException::rejection)
          .isEqualTo(AssociationRejection.CALLED_AE_TITLE_NOT_RECOGNIZED);
    }
  }

  @Test
  void a_data_set_that_cannot_be_read_to_its_end_is_aborted_not_ended() throws Exception {
    InputStream failing =
        new FilterInputStream(new ByteArrayInputStream(new byte[100_000])) {
          private int left = 50_000;

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            left -= length;
            if (left < 0) {
              throw new IOException("bad sector");
            }
            return super.read(bytes, offset, length);
          }
        };
    StoreHandler handler =
        (_, stream) -> {
          stream.readAllBytes();
          return StoreResponse.SUCCESS;
        };
    try (AssociationAcceptor acceptor = Acceptors.open(handler, events);
        Association association =
            Association.connect(Acceptors.request(acceptor.port(), STORAGE))) {
      assertThatExceptionOfType(DataSetSourceException.class)
          .isThrownBy(() -> association.store(CT, "1.2", EXPLICIT, failing));
      association.close();
      assertThat(events.awaitOne(AssociationEvent.Aborted.class).end())
          .isEqualTo(new AssociationEnd.AbortedByPeer(AbortReason.SERVICE_USER));
    }
  }

  @Test
  void a_peer_that_never_answers_is_given_up() throws Exception {
    RequestorSettings impatient =
        new RequestorSettings(
            16_384, Duration.ofSeconds(5), Duration.ofMillis(300), Duration.ofSeconds(5));
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      AssociationRequest request =
          new AssociationRequest(
              Acceptors.remote(silent.getLocalPort()),
              "REQUESTOR",
              List.of(STORAGE),
              null,
              impatient);
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> Association.connect(request))
          .withMessageContaining("sent nothing");
    }
  }

  @Test
  void many_associations_at_once_keep_their_instances_apart() throws Exception {
    int associations = 40;
    int instances = 25;
    Queue<String> stored = new ConcurrentLinkedQueue<>();
    StoreHandler handler =
        (request, stream) -> {
          byte[] bytes = stream.readAllBytes();
          byte[] expected = content(request.sopInstanceUid());
          stored.add(request.sopInstanceUid() + Arrays.equals(bytes, expected));
          return StoreResponse.SUCCESS;
        };
    Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    try (AssociationAcceptor acceptor = Acceptors.open(handler, events)) {
      List<Thread> threads =
          java.util.stream.IntStream.range(0, associations)
              .mapToObj(
                  n ->
                      Thread.ofVirtual()
                          .start(
                              () -> {
                                try {
                                  sendAll(acceptor.port(), n, instances);
                                } catch (IOException | RuntimeException e) {
                                  failures.add(e);
                                }
                              }))
              .toList();
      for (Thread thread : threads) {
        assertThat(thread.join(Duration.ofSeconds(60))).isTrue();
      }
    }
    assertThat(failures).isEmpty();
    assertThat(stored)
        .hasSize(associations * instances)
        .doesNotHaveDuplicates()
        .allMatch(line -> line.endsWith("true"));
  }

  private static void sendAll(int port, int number, int instances) throws IOException {
    try (Association association = Association.connect(Acceptors.request(port, STORAGE))) {
      for (int i = 1; i <= instances; i++) {
        String uid = "1.2." + (number + 1) + "." + i;
        StoreResponse response =
            association.store(CT, uid, EXPLICIT, new ByteArrayInputStream(content(uid)));
        if (!response.equals(StoreResponse.SUCCESS)) {
          throw new IllegalStateException(response.toString());
        }
      }
    }
  }

  private static byte[] content(String uid) {
    byte[] content = new byte[50_000];
    new Random(uid.hashCode()).nextBytes(content);
    return content;
  }

  @Test
  void an_object_of_300_megabytes_never_stands_in_memory() throws Exception {
    long length = 300L << 20;
    long mostInFlight = 16L << 20; // Both socket buffers and a few PDUs; far from the object.
    AtomicLong produced = new AtomicLong();
    AtomicLong consumed = new AtomicLong();
    AtomicLong inFlight = new AtomicLong();
    StoreHandler slow =
        (_, stream) -> {
          byte[] buffer = new byte[64 * 1024];
          for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
            long now = produced.get() - consumed.addAndGet(read);
            inFlight.accumulateAndGet(now, Math::max);
          }
          return StoreResponse.SUCCESS;
        };
    try (AssociationAcceptor acceptor = Acceptors.open(slow, events);
        Association association =
            Association.connect(Acceptors.request(acceptor.port(), STORAGE))) {
      InputStream endless =
          new InputStream() {
            @Override
            public int read() {
              throw new UnsupportedOperationException("read in blocks");
            }

            @Override
            public int read(byte[] bytes, int offset, int count) {
              long left = length - produced.get();
              int given = (int) Math.min(count, left);
              produced.addAndGet(given);
              return left == 0 ? -1 : given;
            }
          };
      assertThat(association.store(CT, "1.2", EXPLICIT, endless)).isEqualTo(StoreResponse.SUCCESS);
    }
    assertThat(consumed).hasValue(length);
    assertThat(inFlight.get()).isPositive().isLessThan(mostInFlight);
  }
}
