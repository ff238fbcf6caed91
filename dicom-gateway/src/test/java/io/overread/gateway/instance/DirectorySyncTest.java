package io.overread.gateway.instance;

import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectorySyncTest {

  @TempDir Path folder;

  @Test
  void all_who_wait_come_back() throws IOException, InterruptedException, ExecutionException {
    try (DirectorySync sync = new DirectorySync(folder);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        all.add(
            callers.submit(
                () -> {
                  sync.sync();
                  return null;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
  }

  @Test
  void a_directory_that_can_not_be_forced_fails_its_callers() throws IOException {
    DirectorySync sync = new DirectorySync(folder);
    sync.close();

    assertThatIOException().isThrownBy(sync::sync);
  }
}
