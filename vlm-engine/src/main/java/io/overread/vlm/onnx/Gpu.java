package io.overread.vlm.onnx;

import java.util.List;

/**
 * Which GPUs models run on. Each model that is loaded goes to the next device of the list.
 *
 * @param devices CUDA's numbers of the devices, at least one
 * @param memoryBytes the most memory that one graph's arena takes on a device; 0 for no limit
 */
public record Gpu(List<Integer> devices, long memoryBytes) {

  /** The first device, without a limit. */
  public static final Gpu FIRST = new Gpu(List.of(0), 0);

  /** Refuses an empty list and negative numbers. */
  public Gpu {
    devices = List.copyOf(devices);
    if (devices.isEmpty() || devices.stream().anyMatch(device -> device < 0) || memoryBytes < 0) {
      throw new IllegalArgumentException(
          "devices and memoryBytes must be 0 or more, one device at least");
    }
  }
}
