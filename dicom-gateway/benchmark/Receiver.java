import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A storage SCP that is measured, in processes of its own, with a folder of its own. */
record Receiver(String name, String aeTitle, int port, Path folder, Process process)
    implements AutoCloseable {

  static Receiver overread(String name, Path folder, Path jar, boolean noDelay)
      throws Exception {
    Files.createDirectories(folder);
    int port = freePort();
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-jar",
            jar.toString(),
            "serve");
    builder
        .environment()
        .putAll(
            Map.of(
                "OVERREAD_HOME", folder.resolve("home").toString(),
                "OVERREAD_HTTP_PORT", Integer.toString(freePort()),
                "OVERREAD_DICOM_PORT", Integer.toString(port),
                "OVERREAD_ADMIN_PASSWORD", "a password for measuring",
                "OVERREAD_STUDY_QUIET_SECONDS", "36000"));
    return start(name, "OVERREAD", port, folder, builder, noDelay);
  }

  static Receiver storescp(Path folder, boolean noDelay) throws Exception {
    Files.createDirectories(folder.resolve("files"));
    int port = freePort();
    ProcessBuilder builder =
        new ProcessBuilder(
            "/usr/bin/storescp",
            "--fork",
            "-q",
            "-aet",
            "STORESCP",
            "-od",
            folder.resolve("files").toString(),
            Integer.toString(port));
    return start("storescp --fork", "STORESCP", port, folder, builder, noDelay);
  }

  static Optional<Receiver> orthanc(Path folder, boolean noDelay) throws Exception {
    Path program = Path.of("/usr/sbin/Orthanc");
    if (!Files.isExecutable(program)) {
      System.out.println("Orthanc is not installed (Debian package orthanc): left out");
      return Optional.empty();
    }
    Files.createDirectories(folder);
    int port = freePort();
    Path settings = folder.resolve("orthanc.json");
    Files.writeString(
        settings,
        """
        {"Name": "benchmark", "StorageDirectory": "%1$s/store", "IndexDirectory": "%1$s/store",
         "DicomAet": "ORTHANC", "DicomPort": %2$d, "HttpPort": %3$d, "Plugins": [],
         "RemoteAccessAllowed": false, "DicomAlwaysAllowStore": true, "DicomCheckCalledAet": false}
        """
            .formatted(folder, port, freePort()));
    ProcessBuilder builder = new ProcessBuilder(program.toString(), settings.toString());
    return Optional.of(start("Orthanc", "ORTHANC", port, folder, builder, noDelay));
  }

  private static Receiver start(
      String name, String aeTitle, int port, Path folder, ProcessBuilder builder, boolean noDelay)
      throws Exception {
    if (noDelay) {
      builder.environment().put("TCP_NODELAY", "1");
    }
    Process process =
        builder
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    Receiver receiver = new Receiver(name, aeTitle, port, folder, process);
    receiver.awaitListening();
    return receiver;
  }

  private void awaitListening() throws Exception {
    for (int tries = 0; tries < 1800; tries++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException e) {
        if (!process.isAlive()) {
          throw new IOException(name + " ended: " + Files.readString(folder.resolve("log")));
        }
        Thread.sleep(100);
      }
    }
    throw new IOException(name + " does not listen");
  }

  /** All its processes; PostgreSQL is no child of the service, but names the folder. */
  List<Long> processes() {
    List<Long> found = new ArrayList<>();
    ProcessHandle.allProcesses()
        .filter(
            handle ->
                handle.pid() == process.pid()
                    || commandLine(handle.pid()).contains(folder.toString() + "/"))
        .forEach(
            handle -> {
              found.add(handle.pid());
              handle.descendants().forEach(child -> found.add(child.pid()));
            });
    return found.stream().distinct().toList();
  }

  private static String commandLine(long pid) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
    } catch (IOException e) {
      return "";
    }
  }

  /** Proportional set size of all its processes, in bytes. */
  long memory() {
    long kilobytes = 0;
    for (long pid : processes()) {
      try {
        for (String line :
            Files.readAllLines(Path.of("/proc", Long.toString(pid), "smaps_rollup"))) {
          if (line.startsWith("Pss:")) {
            kilobytes += Long.parseLong(line.replaceAll("[^0-9]", ""));
          }
        }
      } catch (IOException e) {
        // It has just ended.
      }
    }
    return kilobytes * 1024;
  }

  /**
   * Time of a core that all its processes have taken so far, in milliseconds; what has ended is
   * counted by who waited for it. Linux counts in hundredths of a second.
   */
  double cpuMillis() {
    long ticks = 0;
    for (long pid : processes()) {
      try {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        // After the name, which may hold blanks: utime, stime, cutime and cstime are 14 to 17.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        for (int i = 11; i <= 14; i++) {
          ticks += Long.parseLong(fields[i]);
        }
      } catch (IOException e) {
        // It has just ended.
      }
    }
    return ticks * 10.0;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(60, java.util.concurrent.TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
