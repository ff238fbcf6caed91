package io.overread.dicom.net.association;

import io.overread.dicom.net.pdu.Abort;
import io.overread.dicom.net.pdu.AbortReason;
import io.overread.dicom.net.pdu.AssociateAc;
import io.overread.dicom.net.pdu.AssociateRj;
import io.overread.dicom.net.pdu.AssociateRq;
import io.overread.dicom.net.pdu.InvalidPduException;
import io.overread.dicom.net.pdu.PDataTf;
import io.overread.dicom.net.pdu.Pdu;
import io.overread.dicom.net.pdu.PduReader;
import io.overread.dicom.net.pdu.PduWriter;
import io.overread.dicom.net.pdu.RejectReason;
import io.overread.dicom.net.pdu.RejectResult;
import io.overread.dicom.net.pdu.ReleaseRp;
import io.overread.dicom.net.pdu.ReleaseRq;
import io.overread.dicom.net.tls.TlsSession;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One association as PS3.8 9.2 sees it: turns what the peer and the local user do into events,
 * carries out the action that {@link StateTable} gives, and tells the user by {@link Indication}s.
 *
 * <p>One thread receives and sends; {@link #abort} and {@link #close} may come from any.
 */
public final class UpperLayer implements Closeable {
  /** Longest wait of an abort for a send that is under way. */
  private static final int LOCK_SECONDS = 1;

  private final Transport transport;
  private final PduReader reader;
  private final PduWriter writer;
  private final UpperLayerTimeouts timeouts;
  private final boolean requestor;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile State state = State.IDLE;
  private @Nullable Long artimDeadline;
  private Indication.@Nullable Ended ending;

  private UpperLayer(
      Connection connection, int maximumPduLength, UpperLayerTimeouts timeouts, boolean requestor)
      throws IOException {
    this.transport = new Transport(connection, timeouts.send());
    this.reader = new PduReader(transport.input(), maximumPduLength);
    this.writer = new PduWriter(transport.output());
    this.timeouts = timeouts;
    this.requestor = requestor;
  }

  /**
   * Takes a connection that a peer opened. What comes next is its A-ASSOCIATE-RQ; a TLS handshake
   * before it is part of receiving it.
   *
   * @param maximumPduLength the longest P-DATA-TF that is received
   * @throws IOException when the socket is closed already
   */
  public static UpperLayer accept(
      Connection connection, int maximumPduLength, UpperLayerTimeouts timeouts) throws IOException {
    UpperLayer layer = new UpperLayer(connection, maximumPduLength, timeouts, false);
    layer.handle(Event.TRANSPORT_CONNECT_INDICATION, Input.NONE);
    return layer;
  }

  /**
   * Requests an association on a connection that we opened. What comes next is the answer.
   *
   * @param maximumPduLength the longest P-DATA-TF that is received
   * @throws IOException when the request cannot be sent
   */
  public static UpperLayer request(
      Connection connection, AssociateRq request, int maximumPduLength, UpperLayerTimeouts timeouts)
      throws IOException {
    UpperLayer layer = new UpperLayer(connection, maximumPduLength, timeouts, true);
    layer.handle(Event.ASSOCIATE_REQUEST, Input.NONE);
    try {
      layer.transport.readUntil(System.nanoTime() + timeouts.artim().toNanos());
      layer.transport.secure();
      layer.send(Event.TRANSPORT_CONNECT_CONFIRMATION, request);
      return layer;
    } catch (IOException e) {
      layer.close();
      throw e;
    }
  }

  /** The state that it is in. */
  public State state() {
    return state;
  }

  /** Who is at the other end of the connection. */
  public InetSocketAddress remoteAddress() {
    return transport.remoteAddress();
  }

  /** What TLS has established; null without TLS, and before the end of its handshake. */
  public @Nullable TlsSession tlsSession() {
    return transport.tlsSession();
  }

  /** Whether the peer began a TLS handshake that has not succeeded. */
  public boolean isUnsecured() {
    return transport.isUnsecured();
  }

  /** Waits for what happens next; once the association has ended, tells again how. */
  public Indication receive() {
    return receive(timeouts.idle());
  }

  /** The same within a DIMSE message, for which the peer has less time. */
  public Indication receiveMore() {
    return receive(timeouts.dimse());
  }

  private Indication receive(Duration wait) {
    while (true) {
      Indication indication = state == State.IDLE ? ended() : step(wait);
      if (indication != null) {
        return indication;
      }
    }
  }

  /**
   * Whether something has come, or comes within the time, that {@link #receive} has not told yet;
   * also true when the association has ended. Without time it may miss what has just come. For the
   * thread that receives.
   */
  public boolean hasInput(Duration time) {
    return state == State.IDLE || transport.hasInput(time);
  }

  /**
   * Accepts the association.
   *
   * @throws IOException when it has ended
   */
  public void acceptAssociation(AssociateAc acceptance) throws IOException {
    send(Event.ASSOCIATE_RESPONSE_ACCEPT, acceptance);
  }

  /**
   * Refuses the association.
   *
   * @throws IOException when it has ended
   */
  public void rejectAssociation(AssociateRj rejection) throws IOException {
    send(Event.ASSOCIATE_RESPONSE_REJECT, rejection);
  }

  /**
   * Sends data.
   *
   * @throws IOException when the association has ended
   */
  public void sendData(PDataTf data) throws IOException {
    send(Event.DATA_REQUEST, data);
  }

  /**
   * Prepares to wait for an answer of the peer.
   *
   * @throws IOException when the association has ended
   */
  public void expectAnswer() throws IOException {
    transport.acknowledgeAtOnce();
  }

  /**
   * Asks for the release. The confirmation is received later.
   *
   * @throws IOException when the association has ended
   */
  public void requestRelease() throws IOException {
    send(Event.RELEASE_REQUEST, new ReleaseRq());
  }

  /**
   * Agrees to the release that the peer asked for.
   *
   * @throws IOException when the association has ended
   */
  public void respondRelease() throws IOException {
    send(Event.RELEASE_RESPONSE, new ReleaseRp());
  }

  /**
   * Aborts as service-user, if there is still something to abort. Where a send to a peer that takes
   * nothing is in the way, the connection is closed without an A-ABORT.
   */
  public void abort(String detail) {
    if (!lockSoon()) {
      close();
      return;
    }
    try {
      if (StateTable.action(state, Event.ABORT_REQUEST).isPresent()) {
        handle(Event.ABORT_REQUEST, Input.fault(AbortReason.SERVICE_USER, detail));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Aborts as service-provider, since the peer sent something that a PDU must not hold. */
  public void abortInvalidPdu(AbortReason reason, String detail) {
    lock.lock();
    try {
      if (StateTable.action(state, Event.INVALID_PDU_RECEIVED).isPresent()) {
        handle(Event.INVALID_PDU_RECEIVED, Input.fault(reason, detail));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Receives to the end, forgetting what comes before it, and tells how it ended. */
  public Indication.Ended awaitEnd() {
    while (true) {
      if (receive() instanceof Indication.Ended end) {
        return end;
      }
    }
  }

  /** Lets the peer close the connection, at most for the time of ARTIM, then closes it. */
  public void awaitClose() {
    while (state == State.AWAITING_TRANSPORT_CLOSE) {
      step();
    }
    close();
  }

  /** Closes the connection; over TLS, with its farewell. */
  @Override
  public void close() {
    transport.close();
  }

  /** Closes the connection without waiting for anything. */
  public void cutOff() {
    transport.cutOff();
  }

  /** Takes what comes next from the connection; null where the user is not told of it. */
  @Nullable Indication step() {
    return step(timeouts.idle());
  }

  private @Nullable Indication step(Duration wait) {
    Long artim = artimDeadline;
    transport.readUntil(artim != null ? artim : System.nanoTime() + wait.toNanos());
    try {
      Pdu pdu = reader.read();
      return pdu == null
          ? closed("the peer closed the connection")
          : handle(
              Event.of(pdu),
              new Input(
                  pdu,
                  AbortReason.UNEXPECTED_PDU,
                  "a " + pdu.getClass().getSimpleName() + " in the state " + state));
    } catch (InvalidPduException e) {
      return handle(
          Event.INVALID_PDU_RECEIVED, Input.fault(e.reason(), String.valueOf(e.getMessage())));
    } catch (SocketTimeoutException e) {
      return timedOut(artim != null, wait);
    } catch (IOException e) {
      return closed(String.valueOf(e.getMessage()));
    }
  }

  private @Nullable Indication timedOut(boolean artim, Duration wait) {
    if (artim) {
      return handle(
          Event.ARTIM_EXPIRED,
          Input.fault(AbortReason.REASON_NOT_SPECIFIED, "the ARTIM timer expired"));
    }
    abort("the peer sent nothing for " + wait.toSeconds() + " s");
    return ending;
  }

  private @Nullable Indication closed(String detail) {
    return handle(Event.TRANSPORT_CLOSED, Input.fault(AbortReason.REASON_NOT_SPECIFIED, detail));
  }

  private void send(Event event, Pdu pdu) throws IOException {
    lock.lock();
    try {
      if (state == State.IDLE || state == State.AWAITING_TRANSPORT_CLOSE) {
        throw new IOException("the association has ended");
      }
      Action action = actionOf(event);
      state = action.next();
      if (action == Action.AE_8 || action == Action.AR_4) {
        startArtim();
      }
      writer.write(pdu);
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Indication handle(Event event, Input input) {
    lock.lock();
    try {
      Action action = actionOf(event);
      State before = state;
      state = isAlternative(action, input) ? action.alternative() : action.next();
      return perform(action, before, input);
    } finally {
      lock.unlock();
    }
  }

  private Action actionOf(Event event) {
    return StateTable.action(state, event)
        .orElseThrow(() -> new IllegalStateException(event + " cannot occur in " + state));
  }

  private boolean isAlternative(Action action, Input input) {
    return switch (action) {
      case AE_6 -> !input.pdu(AssociateRq.class).speaksVersion1();
      case AR_8 -> !requestor;
      default -> false;
    };
  }

  /** What PS3.8 Tables 9-6 to 9-9 say, for the actions that something received causes. */
  private @Nullable Indication perform(Action action, State before, Input input) {
    return switch (action) {
      case AE_1 -> null;
      case AE_3 -> new Indication.AssociateAccepted(input.pdu(AssociateAc.class));
      case AE_4 -> {
        close();
        yield new Indication.AssociateRefused(input.pdu(AssociateRj.class));
      }
      case AE_5 -> {
        startArtim();
        yield null;
      }
      case AE_6 -> {
        artimDeadline = null;
        AssociateRq request = input.pdu(AssociateRq.class);
        yield request.speaksVersion1()
            ? new Indication.AssociateRequested(request)
            : refuseVersion();
      }
      case DT_2, AR_6 -> new Indication.DataReceived(input.pdu(PDataTf.class));
      case AR_2, AR_8 -> new Indication.ReleaseRequested();
      case AR_3 -> {
        close();
        yield new Indication.ReleaseConfirmed();
      }
      case AR_10 -> new Indication.ReleaseConfirmed();
      case AA_1 -> {
        sendAbort(AbortReason.SERVICE_USER, input.detail());
        startArtim();
        yield null;
      }
      case AA_7 -> {
        sendAbort(input.reason(), input.detail());
        yield null;
      }
      case AA_8 -> {
        sendAbort(input.reason(), input.detail());
        startArtim();
        yield ending;
      }
      case AA_2, AA_3, AA_4, AA_5, AR_5 -> {
        artimDeadline = null;
        close();
        yield endWith(before, input);
      }
      case AA_6 -> null;
      case AE_2, AE_7, AE_8, DT_1, AR_1, AR_4, AR_7, AR_9 ->
          throw new IllegalStateException(action + " is caused by the local user only");
    };
  }

  private @Nullable Indication endWith(State before, Input input) {
    if (before != State.AWAITING_TRANSPORT_CLOSE) {
      ending =
          input.pdu() instanceof Abort abort
              ? new Indication.AbortedByPeer(abort.reason())
              : new Indication.ConnectionLost(input.detail());
    }
    return ended();
  }

  private Indication ended() {
    Indication.Ended end = ending;
    return end == null ? new Indication.Closed() : end;
  }

  private @Nullable Indication refuseVersion() {
    AssociateRj rejection =
        new AssociateRj(
            RejectResult.REJECTED_PERMANENT, RejectReason.PROTOCOL_VERSION_NOT_SUPPORTED);
    ending = new Indication.RefusedByUs(rejection);
    writeQuietly(rejection);
    startArtim();
    return null;
  }

  private void sendAbort(AbortReason reason, String detail) {
    if (ending == null) {
      ending = new Indication.AbortedByUs(reason, detail);
    }
    writeQuietly(new Abort(reason));
  }

  /** Where the connection is broken already, the next read tells. */
  private void writeQuietly(Pdu pdu) {
    try {
      writer.write(pdu);
    } catch (IOException e) {
      close();
    }
  }

  private void startArtim() {
    artimDeadline = System.nanoTime() + timeouts.artim().toNanos();
  }

  private boolean lockSoon() {
    try {
      return lock.tryLock(LOCK_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
