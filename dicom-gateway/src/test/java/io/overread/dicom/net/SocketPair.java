package io.overread.dicom.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Two ends of a real TCP connection on the loopback interface. */
public record SocketPair(Socket ours, Socket peers) implements AutoCloseable {
  public static SocketPair open() throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Socket peers = new Socket(listener.getInetAddress(), listener.getLocalPort());
      return new SocketPair(listener.accept(), peers);
    }
  }

  @Override
  public void close() throws IOException {
    ours.close();
    peers.close();
  }
}
