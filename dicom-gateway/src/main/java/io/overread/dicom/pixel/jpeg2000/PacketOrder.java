package io.overread.dicom.pixel.jpeg2000;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/** The order of the packets of a tile (B.12). */
final class PacketOrder {
  /** A packet that is there has a byte at least; what is passed over in a volume has none. */
  private static final int MOST_PASSED_OVER = 1 << 24;

  private static final Comparator<Precinct> BY_PLACE =
      Comparator.comparingLong((ToLongFunction<Precinct>) precinct -> precinct.y)
          .thenComparingLong(precinct -> precinct.x)
          .thenComparingInt(precinct -> precinct.component)
          .thenComparingInt(precinct -> precinct.resolution);

  private final List<TileComponent> components;
  private final Consumer<Precinct> reader;
  private int passedOver;

  /** Prepares; {@code reader} reads the next layer of a precinct. */
  PacketOrder(List<TileComponent> components, Consumer<Precinct> reader) {
    this.components = components;
    this.reader = reader;
  }

  /** Reads the packets of a volume, of at most so many layers, that were not read before. */
  void read(ProgressionChange volume, int layers) {
    int endLayer = Math.min(volume.endLayer(), layers);
    switch (volume.order()) {
      case ProgressionChange.LRCP -> {
        List<Precinct> precincts = byResolution(volume);
        for (int layer = 0; layer < endLayer; layer++) {
          for (Precinct precinct : precincts) {
            readUpTo(precinct, layer + 1);
          }
        }
      }
      case ProgressionChange.RLCP -> {
        for (int at = volume.firstResolution(); at < endResolution(volume); at++) {
          List<Precinct> precincts = ofResolution(volume, at);
          for (int layer = 0; layer < endLayer; layer++) {
            for (Precinct precinct : precincts) {
              readUpTo(precinct, layer + 1);
            }
          }
        }
      }
      case ProgressionChange.RPCL -> {
        for (int at = volume.firstResolution(); at < endResolution(volume); at++) {
          readByPlace(ofResolution(volume, at), endLayer);
        }
      }
      case ProgressionChange.PCRL -> readByPlace(byResolution(volume), endLayer);
      default -> {
        for (int at = volume.firstComponent(); at < endComponent(volume); at++) {
          readByPlace(ofComponent(volume, at), endLayer);
        }
      }
    }
  }

  private void readByPlace(List<Precinct> precincts, int endLayer) {
    // The sort is stable: precincts at one place stay in their order.
    precincts.sort(BY_PLACE);
    for (Precinct precinct : precincts) {
      readUpTo(precinct, endLayer);
    }
  }

  private void readUpTo(Precinct precinct, int endLayer) {
    if (precinct.layers >= endLayer && ++passedOver > MOST_PASSED_OVER) {
      throw CodestreamException.tooLarge("tile with too many progression order changes");
    }
    while (precinct.layers < endLayer) {
      reader.accept(precinct);
      precinct.layers++;
    }
  }

  private List<Precinct> byResolution(ProgressionChange volume) {
    List<Precinct> precincts = new ArrayList<>();
    for (int at = volume.firstResolution(); at < endResolution(volume); at++) {
      precincts.addAll(ofResolution(volume, at));
    }
    return precincts;
  }

  private List<Precinct> ofResolution(ProgressionChange volume, int resolution) {
    List<Precinct> precincts = new ArrayList<>();
    for (int at = volume.firstComponent(); at < endComponent(volume); at++) {
      List<Resolution> resolutions = components.get(at).resolutions();
      if (resolution < resolutions.size()) {
        precincts.addAll(resolutions.get(resolution).precincts());
      }
    }
    return precincts;
  }

  private List<Precinct> ofComponent(ProgressionChange volume, int component) {
    List<Precinct> precincts = new ArrayList<>();
    List<Resolution> resolutions = components.get(component).resolutions();
    int end = Math.min(volume.endResolution(), resolutions.size());
    for (int at = volume.firstResolution(); at < end; at++) {
      precincts.addAll(resolutions.get(at).precincts());
    }
    return precincts;
  }

  private static int endResolution(ProgressionChange volume) {
    return Math.min(volume.endResolution(), CodingStyle.MOST_LEVELS + 1);
  }

  private int endComponent(ProgressionChange volume) {
    return Math.min(volume.endComponent(), components.size());
  }
}
