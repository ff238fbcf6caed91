import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What the disk itself does: new files of a size, each followed by fdatasync. */
final class Disk {

  private Disk() {}

  /** Files a second. */
  static double rate(Path folder, int count, int bytes, int threads) throws Exception {
    Files.createDirectories(folder);
    byte[] content = new byte[bytes];
    new Random(1).nextBytes(content);
    long start = System.nanoTime();
    try (ExecutorService writers = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int first = i;
        all.add(
            writers.submit(
                () -> {
                  for (int file = first; file < count; file += threads) {
                    write(folder.resolve("file" + file), content);
                  }
                  return null;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    for (int i = 0; i < count; i++) {
      Files.delete(folder.resolve("file" + i));
    }
    return count / seconds;
  }

  private static void write(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(false);
    }
  }
}
