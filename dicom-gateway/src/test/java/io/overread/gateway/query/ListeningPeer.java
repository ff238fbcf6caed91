package io.overread.gateway.query;

import io.overread.gateway.PeerTools;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program of DCMTK that listens, until it is closed. */
public record ListeningPeer(Process process, int port, Path folder) implements AutoCloseable {

  /** A storescp that takes uncompressed data sets only. */
  public static ListeningPeer storescp(String aeTitle, Path folder) throws Exception {
    return start(
        "storescp", folder, List.of("-aet", aeTitle, "-od", folder.toString()), freePort());
  }

  /** The program with its options; the port comes last. */
  public static ListeningPeer start(String program, Path folder, List<String> options, int port)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(PeerTools.dcmtkTool(program)));
    command.addAll(options);
    command.add(Integer.toString(port));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    Thread.ofVirtual().start(() -> drain(process));
    for (int attempt = 0; attempt < 400; attempt++) {
      try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return new ListeningPeer(process, probe.getPort(), folder);
      } catch (IOException e) {
        Thread.sleep(50);
      }
    }
    process.destroyForcibly();
    throw new IOException(program + " does not listen");
  }

  /** A port on which nothing listens at present. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void drain(Process process) {
    try (InputStream output = process.getInputStream()) {
      output.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // It ended.
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
