package io.overread.dicom.net.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * TLS over a pair of streams. All that it waits for, the handshake included, it waits for in those
 * streams, so that their bounds on time hold. One thread reads, which also shakes hands; any may
 * write and close.
 */
public final class TlsChannel {
  /** Records that are written at once, so that a PDU of 64 KiB takes one write. */
  private static final int RECORDS_AT_ONCE = 4;

  private final SSLEngine engine;
  private final InputStream in;
  private final OutputStream out;
  private final ReentrantLock writing = new ReentrantLock();
  private final ByteBuffer encryptedOut;
  private ByteBuffer encryptedIn;
  private ByteBuffer plainIn;
  private boolean ended;
  private boolean heard;
  private volatile @Nullable TlsSession session;

  /** Over streams that carry nothing but TLS. */
  public TlsChannel(SSLEngine engine, InputStream in, OutputStream out) {
    this.engine = engine;
    this.in = in;
    this.out = out;
    SSLSession buffers = engine.getSession();
    this.encryptedOut = ByteBuffer.allocate(RECORDS_AT_ONCE * buffers.getPacketBufferSize());
    this.encryptedIn = ByteBuffer.allocate(buffers.getPacketBufferSize()).limit(0);
    this.plainIn = ByteBuffer.allocate(buffers.getApplicationBufferSize()).limit(0);
  }

  /** What was established; null before the end of the handshake. */
  public @Nullable TlsSession session() {
    return session;
  }

  /** Whether the peer began a handshake that has not succeeded. For the thread that reads. */
  public boolean isUnfinished() {
    return heard && session == null;
  }

  /**
   * Shakes hands, unless that has been done.
   *
   * @throws SSLException when the two sides can't agree; the peer has been told
   * @throws IOException when the connection breaks
   */
  public void handshake() throws IOException {
    if (session != null) {
      return;
    }
    try {
      engine.beginHandshake();
      HandshakeStatus status = engine.getHandshakeStatus();
      while (status != HandshakeStatus.FINISHED && status != HandshakeStatus.NOT_HANDSHAKING) {
        status = step(status);
      }
    } catch (SSLException e) {
      alert();
      throw e;
    }
    session =
        new TlsSession(
            engine.getSession().getProtocol(),
            engine.getSession().getCipherSuite(),
            peerCertificate());
  }

  private HandshakeStatus step(HandshakeStatus status) throws IOException {
    return switch (status) {
      case NEED_TASK -> {
        for (Runnable task = engine.getDelegatedTask();
            task != null;
            task = engine.getDelegatedTask()) {
          task.run();
        }
        yield engine.getHandshakeStatus();
      }
      case NEED_WRAP -> wrap(ByteBuffer.allocate(0));
      case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
        HandshakeStatus next = unwrap();
        if (ended) {
          throw new SSLException("the peer ended the connection during the TLS handshake");
        }
        yield next;
      }
      case FINISHED, NOT_HANDSHAKING -> status;
    };
  }

  private @Nullable X509Certificate peerCertificate() {
    try {
      return engine.getSession().getPeerCertificates()[0] instanceof X509Certificate certificate
          ? certificate
          : null;
    } catch (SSLPeerUnverifiedException e) {
      return null;
    }
  }

  /** Takes one record; sets {@code plainIn} to what it held, and {@code ended} at the end. */
  private HandshakeStatus unwrap() throws IOException {
    plainIn.clear();
    SSLEngineResult result;
    try {
      result = engine.unwrap(encryptedIn, plainIn);
    } finally {
      plainIn.flip();
    }
    switch (result.getStatus()) {
      case BUFFER_UNDERFLOW -> fill();
      case BUFFER_OVERFLOW ->
          plainIn = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()).limit(0);
      case CLOSED -> ended = true;
      case OK -> {}
    }
    return result.getHandshakeStatus();
  }

  private void fill() throws IOException {
    int needed = engine.getSession().getPacketBufferSize();
    if (encryptedIn.remaining() == encryptedIn.capacity() && encryptedIn.capacity() < needed) {
      encryptedIn = ByteBuffer.allocate(needed).put(encryptedIn);
    } else {
      encryptedIn.compact();
    }
    int count = 0;
    try {
      count = in.read(encryptedIn.array(), encryptedIn.position(), encryptedIn.remaining());
    } finally {
      // Also when nothing came in time: who only looked for more reads on later.
      encryptedIn.position(encryptedIn.position() + Math.max(0, count)).flip();
    }
    // Peers close without a close_notify; whether what came is whole, the PDUs tell.
    ended |= count < 0;
    heard |= count > 0;
  }

  private HandshakeStatus wrap(ByteBuffer plain) throws IOException {
    writing.lock();
    try {
      HandshakeStatus status = HandshakeStatus.NOT_HANDSHAKING;
      do {
        encryptedOut.clear();
        do {
          SSLEngineResult result = engine.wrap(plain, encryptedOut);
          if (result.getStatus() == SSLEngineResult.Status.CLOSED && plain.hasRemaining()) {
            throw new SSLException("TLS has been closed");
          }
          status = result.getHandshakeStatus();
        } while (plain.hasRemaining()
            && encryptedOut.remaining() >= engine.getSession().getPacketBufferSize());
        out.write(encryptedOut.array(), 0, encryptedOut.position());
      } while (plain.hasRemaining());
      return status;
    } finally {
      writing.unlock();
    }
  }

  private void alert() {
    try {
      while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && !engine.isOutboundDone()) {
        wrap(ByteBuffer.allocate(0));
      }
    } catch (IOException e) {
      // The peer is not there to be told.
    }
  }

  private int read(byte[] bytes, int offset, int length) throws IOException {
    handshake();
    while (!plainIn.hasRemaining()) {
      if (ended) {
        return -1;
      }
      after(unwrap());
    }
    int count = Math.min(length, plainIn.remaining());
    plainIn.get(bytes, offset, count);
    return count;
  }

  /** Messages after the handshake: of TLS 1.3 new keys; a new handshake of TLS 1.2 is refused. */
  private void after(HandshakeStatus status) throws IOException {
    HandshakeStatus next = status;
    while (next == HandshakeStatus.NEED_TASK || next == HandshakeStatus.NEED_WRAP) {
      if (!ended && engine.getSession().getProtocol().equals("TLSv1.2")) {
        throw new SSLException("the peer wants to renegotiate TLS");
      }
      next = step(next);
      if (engine.isOutboundDone()) {
        return;
      }
    }
  }

  private void write(byte[] bytes, int offset, int length) throws IOException {
    if (session == null) {
      throw new SSLException("the TLS handshake is not over");
    }
    wrap(ByteBuffer.wrap(bytes, offset, length));
  }

  /** Tells the peer that nothing more comes, unless something is being written. */
  public void close() {
    if (session == null || !writing.tryLock()) {
      return;
    }
    try {
      engine.closeOutbound();
      while (!engine.isOutboundDone()) {
        wrap(ByteBuffer.allocate(0));
      }
    } catch (IOException e) {
      // The peer is not there to be told.
    } finally {
      writing.unlock();
    }
  }

  /** What the peer says. Reading from it shakes hands before. */
  public InputStream input() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        return length == 0 ? 0 : TlsChannel.this.read(bytes, offset, length);
      }
    };
  }

  /** What we say to the peer, after the handshake. */
  public OutputStream output() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        TlsChannel.this.write(bytes, offset, length);
      }
    };
  }
}
