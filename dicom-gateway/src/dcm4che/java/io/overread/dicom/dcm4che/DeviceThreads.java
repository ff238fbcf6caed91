package io.overread.dicom.dcm4che;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.dcm4che3.net.Device;

/** The threads of a device: one for each association, and one for its timeouts. */
record DeviceThreads(ExecutorService associations, ScheduledExecutorService timeouts)
    implements AutoCloseable {

  static DeviceThreads of(Device device) {
    DeviceThreads threads =
        new DeviceThreads(
            Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("dcm4che-association-", 1).factory()),
            Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("dcm4che-timeouts").factory()));
    device.setExecutor(threads.associations());
    device.setScheduledExecutor(threads.timeouts());
    return threads;
  }

  /** Interrupts what still runs; an interrupted read closes its socket. */
  @Override
  public void close() {
    associations.shutdownNow();
    timeouts.shutdownNow();
  }
}
