package io.overread.dicom.net.association;

import io.overread.dicom.net.tls.TlsChannel;
import io.overread.dicom.net.tls.TlsSession;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection, with TLS or without, with bounds on time: reading ends at a deadline, however
 * slowly the bytes come, and a peer that takes nothing of what is written to it is cut off. A TLS
 * handshake is part of the first reading or of {@link #secure}.
 */
final class Transport implements Closeable {
  private static final long NOT_SENDING = 0;

  /** How often in the time for sending a send is looked at. */
  private static final int LOOKS = 4;

  private final Socket socket;
  private final @Nullable TlsChannel tls;
  private final InputStream input;
  private final OutputStream output;
  private final long sendNanos;
  private final ScheduledFuture<?> sendWatch;
  private volatile long readDeadline;
  private volatile long sendingSince = NOT_SENDING;

  Transport(Connection connection, Duration sendTimeout) throws IOException {
    this.socket = connection.socket();
    // PDUs are written whole, so waiting to fill segments would only delay responses.
    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    InputStream in = new DeadlineInputStream(socket.getInputStream());
    OutputStream out = new SendingOutputStream(socket.getOutputStream());
    this.tls = connection.tls() == null ? null : new TlsChannel(connection.tls(), in, out);
    this.input = new BufferedInputStream(tls == null ? in : tls.input());
    this.output = tls == null ? out : tls.output();
    this.sendNanos = sendTimeout.toNanos();
    long period = Math.max(1, sendNanos / LOOKS);
    this.sendWatch =
        ForkJoinPool.commonPool()
            .scheduleWithFixedDelay(this::cutOffStalledSend, period, period, TimeUnit.NANOSECONDS);
  }

  InputStream input() {
    return input;
  }

  OutputStream output() {
    return output;
  }

  /**
   * Has the next bytes that come acknowledged at once. Peers that write a response in two parts,
   * and wait for the acknowledgement of the first (Nagle), would else cost some 40 ms each.
   */
  void acknowledgeAtOnce() throws IOException {
    if (socket.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK)) {
      socket.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
    }
  }

  InetSocketAddress remoteAddress() {
    return (InetSocketAddress) socket.getRemoteSocketAddress();
  }

  /**
   * Whether there is something to read, be it the end, waiting for it at most for the time. Without
   * time it is what is known already; only a read finds out for certain, since TLS has bytes that
   * it has not looked at.
   */
  boolean hasInput(Duration time) {
    try {
      if (input.available() > 0 || !time.isPositive()) {
        return input.available() > 0;
      }
      readDeadline = System.nanoTime() + time.toNanos();
      input.mark(1);
      if (input.read() >= 0) {
        input.reset();
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true; // The next read tells what happened.
    }
  }

  /** Lets reading end with a {@link SocketTimeoutException} after the time from now. */
  void readUntil(long nanoTime) {
    readDeadline = nanoTime;
  }

  /** Shakes hands by the deadline for reading, if there is TLS and that has not been done. */
  void secure() throws IOException {
    if (tls != null) {
      tls.handshake();
    }
  }

  boolean isUnsecured() {
    return tls != null && tls.isUnfinished();
  }

  @Nullable TlsSession tlsSession() {
    return tls == null ? null : tls.session();
  }

  @Override
  public void close() {
    if (tls != null) {
      tls.close();
    }
    cutOff();
  }

  /** Closes without a word of TLS, so that it never waits. */
  void cutOff() {
    sendWatch.cancel(false);
    try {
      socket.close();
    } catch (IOException e) {
      // The socket is of no further use either way.
    }
  }

  private void cutOffStalledSend() {
    long since = sendingSince;
    if (since != NOT_SENDING && System.nanoTime() - since > sendNanos) {
      cutOff();
    }
  }

  private final class DeadlineInputStream extends FilterInputStream {
    DeadlineInputStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      long millis = TimeUnit.NANOSECONDS.toMillis(readDeadline - System.nanoTime());
      if (millis <= 0) {
        throw new SocketTimeoutException("the peer did not send in time");
      }
      socket.setSoTimeout((int) Math.min(millis, Integer.MAX_VALUE));
      return super.read(bytes, offset, length);
    }
  }

  private final class SendingOutputStream extends OutputStream {
    private final OutputStream out;

    SendingOutputStream(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      long now = System.nanoTime();
      sendingSince = now == NOT_SENDING ? 1 : now;
      try {
        out.write(bytes, offset, length);
      } finally {
        sendingSince = NOT_SENDING;
      }
    }
  }
}
