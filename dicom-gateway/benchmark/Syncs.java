import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Counts the calls of a receiver that make something durable, by strace. */
final class Syncs {

  private Syncs() {}

  /** How many there were during the work, or -1 where that can't be told. */
  static int during(Receiver receiver, Callable<?> work) throws Exception {
    if (!Files.isExecutable(Path.of("/usr/bin/strace"))) {
      work.call();
      return -1;
    }
    Path trace = receiver.folder().resolve("strace");
    List<String> command = new ArrayList<>();
    command.addAll(List.of("/usr/bin/strace", "-f", "-qq", "-o", trace.toString()));
    command.addAll(List.of("-e", "trace=fsync,fdatasync,msync,sync,syncfs,sync_file_range"));
    receiver.processes().forEach(pid -> command.addAll(List.of("-p", Long.toString(pid))));
    Process strace = new ProcessBuilder(command).inheritIO().start();
    Thread.sleep(1500);
    work.call();
    Thread.sleep(3000);
    strace.destroy();
    strace.waitFor(10, TimeUnit.SECONDS);
    return (int)
        Files.readAllLines(trace).stream()
            .filter(line -> line.contains("sync") && !line.contains("resumed"))
            .count();
  }
}
