package io.overread.dicom.pixel.jpeg2000;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the parts of a tile hold: parameters, packets, and packet headers where they are apart. */
final class TileData {
  private final Parameters parameters;
  private final List<Octets> bodies = new ArrayList<>();
  private final List<Octets> mainHeaders = new ArrayList<>();
  private final Map<Integer, Octets> ownHeaders = new TreeMap<>();

  TileData(Parameters parameters) {
    this.parameters = parameters;
  }

  Parameters parameters() {
    return parameters;
  }

  void addBody(Octets body) {
    bodies.add(body);
  }

  /** Packet headers of the next part, from the main header (PPM, A.7.4). */
  void addMainHeaders(Octets headers) {
    mainHeaders.add(headers);
  }

  /** Packet headers from the header of a part (PPT, A.7.5). */
  void addOwnHeaders(Octets segment) {
    if (ownHeaders.putIfAbsent(segment.octet(), segment) != null) {
      throw CodestreamException.malformed("two PPT marker segments of one index");
    }
  }

  /** The packets of all parts. */
  Octets body() {
    return joined(bodies);
  }

  /** The packet headers, or null where they are among the packets. */
  @Nullable Octets headers() {
    if (!ownHeaders.isEmpty()) {
      return joined(List.copyOf(ownHeaders.values()));
    }
    return mainHeaders.isEmpty() ? null : joined(mainHeaders);
  }

  /** One range of bytes as it is; several copied one behind the other. */
  static Octets joined(List<Octets> ranges) {
    if (ranges.size() == 1) {
      return ranges.getFirst();
    }
    byte[] bytes = new byte[ranges.stream().mapToInt(Octets::left).sum()];
    int filled = 0;
    for (Octets range : ranges) {
      System.arraycopy(range.bytes(), range.position(), bytes, filled, range.left());
      filled += range.left();
    }
    return new Octets(bytes, 0, bytes.length);
  }
}
