package io.overread.dicom.net;

import static io.overread.dicom.net.RawPeer.CT;
import static io.overread.dicom.net.RawPeer.EXPLICIT;
import static io.overread.dicom.net.RawPeer.VERIFICATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.overread.dicom.net.dimse.CommandSet;
import io.overread.dicom.net.pdu.Abort;
import io.overread.dicom.net.pdu.AbortReason;
import io.overread.dicom.net.pdu.AssociateAc;
import io.overread.dicom.net.pdu.AssociateRj;
import io.overread.dicom.net.pdu.AssociateRq;
import io.overread.dicom.net.pdu.ProposedContext;
import io.overread.dicom.net.pdu.RejectReason;
import io.overread.dicom.net.pdu.RejectResult;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who is let in, how many, and for how long. */
class AssociationAcceptorTest {
  private static final StoreHandler SUCCESS = (_, _) -> StoreResponse.SUCCESS;
  private static final ProposedContext CONTEXT = new ProposedContext(1, CT, List.of(EXPLICIT));

  private final Events events = new Events();

  @Test
  void an_accepted_peer_is_told_of_before_it_learns_of_it() throws Exception {
    try (AssociationAcceptor acceptor = Acceptors.open(SUCCESS, events);
        RawPeer peer = RawPeer.associated(acceptor.port())) {
      assertThat(peer.socket().isConnected()).isTrue();
      AssociationEvent.Accepted accepted = events.of(AssociationEvent.Accepted.class).getFirst();
      assertThat(accepted.association().calledAeTitle()).isEqualTo("OVERREAD");
      assertThat(accepted.association().peer().versionName()).isEqualTo("RAW");
      assertThat(accepted.contexts())
          .containsExactly(
              new AcceptedContext(1, CT, EXPLICIT),
              new AcceptedContext(3, VERIFICATION, RawPeer.IMPLICIT));
    }
  }

  @Test
  void the_policy_refuses_with_its_reason() throws Exception {
    AssociationPolicy policy =
        info ->
            info.callingAeTitle().equals("RAW")
                ? AssociationDecision.reject(AssociationRejection.CALLING_AE_TITLE_NOT_RECOGNIZED)
                : AssociationDecision.accept();
    try (AssociationAcceptor acceptor =
            AssociationAcceptor.open(
                Acceptors.settings(4, Acceptors.TIMEOUTS), policy, SUCCESS, events);
        RawPeer peer = new RawPeer(acceptor.port())) {
      peer.send(RawPeer.request(CONTEXT));
      assertThat(peer.receive())
          .isEqualTo(
              new AssociateRj(
                  RejectResult.REJECTED_PERMANENT, RejectReason.CALLING_AE_TITLE_NOT_RECOGNIZED));
      assertThat(events.awaitOne(AssociationEvent.Refused.class).association().callingAeTitle())
          .isEqualTo("RAW");
    }
  }

  @Test
  void a_policy_or_a_listener_that_fails_refuses_for_the_moment() throws Exception {
    AssociateRj expected =
        new AssociateRj(RejectResult.REJECTED_TRANSIENT, RejectReason.TEMPORARY_CONGESTION);
    AcceptorSettings settings = Acceptors.settings(4, Acceptors.TIMEOUTS);
    AssociationPolicy broken =
        _ -> {
          throw new IllegalStateException("no database");
        };
    AssociationListener brokenListener =
        event -> {
          if (event instanceof AssociationEvent.Accepted) {
            throw new IllegalStateException("no database");
          }
        };
    try (AssociationAcceptor acceptor =
            AssociationAcceptor.open(settings, broken, SUCCESS, events);
        AssociationAcceptor other =
            AssociationAcceptor.open(
                settings, _ -> AssociationDecision.accept(), SUCCESS, brokenListener)) {
      for (int port : new int[] {acceptor.port(), other.port()}) {
        try (RawPeer peer = new RawPeer(port)) {
          peer.send(RawPeer.request(CONTEXT));
          assertThat(peer.receive()).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void requests_that_are_wrong_in_themselves_are_refused_for_good() throws Exception {
    record Wrong(AssociateRq request, RejectReason reason) {}
    List<Wrong> wrongs =
        List.of(
            new Wrong(
                new AssociateRq(1, "A", "B", "1.2.3", List.of(CONTEXT), RawPeer.information()),
                RejectReason.APPLICATION_CONTEXT_NAME_NOT_SUPPORTED),
            new Wrong(
                new AssociateRq(
                    2,
                    "A",
                    "B",
                    AssociateRq.DICOM_APPLICATION_CONTEXT,
                    List.of(CONTEXT),
                    RawPeer.information()),
                RejectReason.PROTOCOL_VERSION_NOT_SUPPORTED),
            new Wrong(
                new AssociateRq(
                    1,
                    "",
                    "B",
                    AssociateRq.DICOM_APPLICATION_CONTEXT,
                    List.of(CONTEXT),
                    RawPeer.information()),
                RejectReason.CALLED_AE_TITLE_NOT_RECOGNIZED),
            new Wrong(
                new AssociateRq(
                    1,
                    "A",
                    "back\\slash",
                    AssociateRq.DICOM_APPLICATION_CONTEXT,
                    List.of(CONTEXT),
                    RawPeer.information()),
                RejectReason.CALLING_AE_TITLE_NOT_RECOGNIZED));
    try (AssociationAcceptor acceptor = Acceptors.open(SUCCESS, events)) {
      for (Wrong wrong : wrongs) {
        try (RawPeer peer = new RawPeer(acceptor.port())) {
          peer.send(wrong.request());
          assertThat(peer.receive())
              .isEqualTo(new AssociateRj(RejectResult.REJECTED_PERMANENT, wrong.reason()));
        }
      }
    }
  }

  @Test
  void associations_beyond_the_limit_are_refused_until_one_ends() throws Exception {
    AcceptorSettings settings = Acceptors.settings(2, Acceptors.TIMEOUTS);
    try (AssociationAcceptor acceptor = Acceptors.open(settings, SUCCESS, events);
        RawPeer first = RawPeer.associated(acceptor.port());
        RawPeer second = RawPeer.associated(acceptor.port())) {
      try (RawPeer third = new RawPeer(acceptor.port())) {
        third.send(RawPeer.request(CONTEXT));
        assertThat(third.receive())
            .isEqualTo(
                new AssociateRj(
                    RejectResult.REJECTED_TRANSIENT, RejectReason.LOCAL_LIMIT_EXCEEDED));
      }
      first.close();
      events.awaitOne(AssociationEvent.Aborted.class);
      await()
          .atMost(Duration.ofSeconds(10))
          .until(
              () -> {
                try (RawPeer again = new RawPeer(acceptor.port())) {
                  again.send(RawPeer.request(CONTEXT));
                  return again.receive() instanceof AssociateAc;
                }
              });
      assertThat(second.socket().isClosed()).isFalse();
    }
  }

  @Test
  void frozen_peers_take_no_association_and_block_nobody() throws Exception {
    List<Socket> frozen = new ArrayList<>();
    AcceptorSettings settings = Acceptors.settings(1, Acceptors.TIMEOUTS);
    try (AssociationAcceptor acceptor = Acceptors.open(settings, SUCCESS, events)) {
      for (int i = 0; i < 40; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), acceptor.port());
        socket.getOutputStream().write(new byte[] {1, 0, 0, 0});
        frozen.add(socket);
      }
      try (RawPeer peer = RawPeer.associated(acceptor.port())) {
        peer.sendCommand(3, CommandSet.echoRequest(1, VERIFICATION));
        assertThat(peer.receiveCommand().status()).hasValue(0);
      }
    } finally {
      for (Socket socket : frozen) {
        socket.close();
      }
    }
  }

  @Test
  void connections_without_end_are_dropped_not_queued() throws Exception {
    List<Socket> flood = new ArrayList<>();
    AcceptorSettings settings = Acceptors.settings(1, Acceptors.TIMEOUTS);
    try (AssociationAcceptor acceptor = Acceptors.open(settings, SUCCESS, events)) {
      for (int i = 0; i < 100; i++) {
        flood.add(new Socket(InetAddress.getLoopbackAddress(), acceptor.port()));
      }
      assertThat(events.awaitOne(AssociationEvent.ConnectionDropped.class).detail())
          .contains("too many connections");
      for (Socket socket : flood) {
        socket.close();
      }
      await()
          .atMost(Duration.ofSeconds(10))
          .ignoreExceptions()
          .until(
              () -> {
                RawPeer.associated(acceptor.port()).close();
                return true;
              });
    } finally {
      for (Socket socket : flood) {
        socket.close();
      }
    }
  }

  @Test
  void the_oldest_of_too_many_frozen_connections_gives_way_to_a_peer_that_means_it()
      throws Exception {
    List<Socket> frozen = new ArrayList<>();
    AcceptorSettings settings = Acceptors.settings(1, Acceptors.TIMEOUTS);
    try (AssociationAcceptor acceptor = Acceptors.open(settings, SUCCESS, events)) {
      for (int i = 0; i < 200; i++) {
        frozen.add(new Socket(InetAddress.getLoopbackAddress(), acceptor.port()));
      }
      try (RawPeer peer = RawPeer.associated(acceptor.port())) {
        peer.sendCommand(3, CommandSet.echoRequest(1, VERIFICATION));
        assertThat(peer.receiveCommand().status()).hasValue(0);
      }
      assertThat(frozen.getFirst().getInputStream().read()).isEqualTo(-1);
    } finally {
      for (Socket socket : frozen) {
        socket.close();
      }
    }
  }

  @Test
  void those_beyond_the_limit_wait_in_the_queue_for_one_to_end() throws Exception {
    AcceptorSettings one = Acceptors.settings(1, Acceptors.TIMEOUTS);
    AcceptorSettings settings =
        new AcceptorSettings(
            one.endpoints(),
            new AssociationLimits(1, 1, Duration.ofSeconds(20)),
            one.pduLengths(),
            one.timeouts(),
            one.contexts());
    try (AssociationAcceptor acceptor = Acceptors.open(settings, SUCCESS, events);
        RawPeer first = RawPeer.associated(acceptor.port());
        RawPeer second = new RawPeer(acceptor.port())) {
      second.send(RawPeer.request(CONTEXT));
      // A third is refused at once as soon as the second takes the one place in the queue.
      await()
          .atMost(Duration.ofSeconds(10))
          .until(
              () -> {
                try (RawPeer third = new RawPeer(acceptor.port())) {
                  third.socket().setSoTimeout(500);
                  third.send(RawPeer.request(CONTEXT));
                  return third.receive() instanceof AssociateRj;
                } catch (SocketTimeoutException e) {
                  return false; // The third was before the second.
                }
              });
      first.close();
      assertThat(second.receive()).isInstanceOf(AssociateAc.class);
    }
  }

  @Test
  void a_message_that_has_begun_must_go_on_sooner_than_the_next_must_come() throws Exception {
    AcceptorTimeouts timeouts =
        new AcceptorTimeouts(
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofMillis(300),
            Duration.ofSeconds(20),
            Duration.ZERO);
    try (AssociationAcceptor acceptor =
            Acceptors.open(
                Acceptors.settings(4, timeouts),
                (_, dataSet) -> {
                  dataSet.readAllBytes();
                  return StoreResponse.SUCCESS;
                },
                events);
        RawPeer between = RawPeer.associated(acceptor.port());
        RawPeer within = RawPeer.associated(acceptor.port())) {
      within.sendCommand(1, CommandSet.storeRequest(1, CT, "1.2.3"));
      within.sendFragment(1, false, false, new byte[100]);
      assertThat(within.receive()).isEqualTo(new Abort(AbortReason.SERVICE_USER));
      between.sendCommand(3, CommandSet.echoRequest(1, VERIFICATION));
      assertThat(between.receiveCommand().status()).hasValue(0);
    }
  }

  @Test
  void a_peer_that_requests_nothing_in_time_is_dropped() throws Exception {
    AcceptorTimeouts timeouts =
        new AcceptorTimeouts(
            Duration.ofMillis(200), Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ZERO);
    try (AssociationAcceptor acceptor =
            Acceptors.open(Acceptors.settings(4, timeouts), SUCCESS, events);
        RawPeer peer = new RawPeer(acceptor.port())) {
      assertThat(peer.receive()).isNull();
      assertThat(events.awaitOne(AssociationEvent.ConnectionDropped.class).detail())
          .contains("ARTIM");
    }
  }

  @Test
  void bytes_that_are_not_dicom_are_aborted_and_dropped() throws Exception {
    try (AssociationAcceptor acceptor = Acceptors.open(SUCCESS, events);
        RawPeer peer = new RawPeer(acceptor.port())) {
      peer.sendBytes("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      // In Sta2 the abort is AA-1, whose source is the service-user.
      assertThat(peer.receive()).isEqualTo(new Abort(AbortReason.SERVICE_USER));
      peer.close();
      assertThat(events.awaitOne(AssociationEvent.ConnectionDropped.class).detail())
          .contains("unknown type");
    }
  }

  @Test
  void an_idle_association_is_aborted() throws Exception {
    AcceptorTimeouts timeouts =
        new AcceptorTimeouts(
            Duration.ofSeconds(20), Duration.ofMillis(300), Duration.ofSeconds(20), Duration.ZERO);
    try (AssociationAcceptor acceptor =
            Acceptors.open(Acceptors.settings(4, timeouts), SUCCESS, events);
        RawPeer peer = RawPeer.associated(acceptor.port())) {
      assertThat(peer.receive()).isEqualTo(new Abort(AbortReason.SERVICE_USER));
      assertThat(events.awaitOne(AssociationEvent.Aborted.class).end())
          .isInstanceOf(AssociationEnd.AbortedByUs.class);
    }
  }

  @Test
  void a_second_request_on_an_association_is_an_unexpected_pdu() throws Exception {
    try (AssociationAcceptor acceptor = Acceptors.open(SUCCESS, events);
        RawPeer peer = RawPeer.associated(acceptor.port())) {
      peer.send(RawPeer.request(CONTEXT));
      assertThat(peer.receive()).isEqualTo(new Abort(AbortReason.UNEXPECTED_PDU));
    }
  }

  @Test
  void closing_waits_for_a_transfer_under_way() throws Exception {
    AcceptorTimeouts timeouts =
        new AcceptorTimeouts(
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20));
    CountDownLatch storing = new CountDownLatch(1);
    StoreHandler handler =
        (_, dataSet) -> {
          storing.countDown();
          dataSet.readAllBytes();
          return StoreResponse.SUCCESS;
        };
    AssociationAcceptor acceptor = Acceptors.open(Acceptors.settings(4, timeouts), handler, events);
    try (RawPeer peer = RawPeer.associated(acceptor.port())) {
      peer.sendCommand(1, CommandSet.storeRequest(1, CT, "1.2.3"));
      assertThat(storing.await(10, TimeUnit.SECONDS)).isTrue();
      Thread closing = Thread.ofVirtual().start(acceptor::close);
      int port = acceptor.port();
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(
              () ->
                  assertThatExceptionOfType(ConnectException.class)
                      .isThrownBy(
                          () -> new Socket(InetAddress.getLoopbackAddress(), port).close()));
      peer.sendFragment(1, false, true, new byte[100]);
      assertThat(peer.receiveCommand().status()).hasValue(0);
      assertThat(closing.isAlive()).isTrue();
      peer.close();
      assertThat(closing.join(Duration.ofSeconds(10))).isTrue();
    }
  }

  @Test
  void closing_aborts_what_does_not_end() throws Exception {
    StoreHandler stuck =
        (_, _) -> {
          try {
            Thread.sleep(Duration.ofHours(1));
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          return StoreResponse.SUCCESS;
        };
    AssociationAcceptor acceptor = Acceptors.open(stuck, events);
    try (RawPeer idle = RawPeer.associated(acceptor.port());
        RawPeer storing = RawPeer.associated(acceptor.port())) {
      storing.sendCommand(1, CommandSet.storeRequest(1, CT, "1.2.3"));
      long start = System.nanoTime();
      acceptor.close();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
      assertThat(idle.receive()).isEqualTo(new Abort(AbortReason.SERVICE_USER));
      assertThat(storing.receive()).isEqualTo(new Abort(AbortReason.SERVICE_USER));
    }
  }
}
