package io.overread.dicom.pixel.jpeg2000;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The marker segments of a main header, or of the headers of a tile's parts: what a tile says goes
 * before what the main header says, and what is said of a component before what is said of all
 * (A.6.1 to A.6.6).
 */
final class Parameters {
  private static final int COD = 0xff52;
  private static final int COC = 0xff53;
  private static final int RGN = 0xff5e;
  private static final int QCD = 0xff5c;
  private static final int QCC = 0xff5d;
  private static final int POC = 0xff5f;
  private static final int NARROW_COMPONENTS = 257;
  private static final int MOST_CHANGES = 1024;

  /**
   * What a COD marker segment says of all components (Table A.14).
   *
   * @param transformed whether the first three components are transformed together
   */
  record Packets(boolean sop, boolean eph, int order, int layers, boolean transformed) {}

  private final int components;
  private final @Nullable Parameters main;
  private @Nullable Packets packets;
  private @Nullable CodingStyle coding;
  private @Nullable Quantization quantization;
  private final Map<Integer, CodingStyle> codingOf = new HashMap<>();
  private final Map<Integer, Quantization> quantizationOf = new HashMap<>();
  private final Map<Integer, Integer> shiftOf = new HashMap<>();
  private final List<ProgressionChange> changes = new ArrayList<>();

  Parameters(int components, @Nullable Parameters main) {
    this.components = components;
    this.main = main;
  }

  /** Takes in a marker segment; those that are none of parameters are passed over. */
  void read(int marker, Octets segment) {
    switch (marker) {
      case COD -> readCodingDefault(segment);
      case COC -> codingOf.put(component(segment), codingStyle(segment, segment.octet()));
      case QCD -> quantization = Quantization.read(segment);
      case QCC -> quantizationOf.put(component(segment), Quantization.read(segment));
      case RGN -> readRegion(segment);
      case POC -> readChanges(segment);
      default -> {}
    }
  }

  Packets packets() {
    return required(
        packets != null || main == null ? packets : main.packets, "without a coding style");
  }

  CodingStyle coding(int component) {
    CodingStyle own = codingOf.getOrDefault(component, coding);
    return own != null || main == null
        ? required(own, "without a coding style")
        : main.coding(component);
  }

  Quantization quantization(int component) {
    Quantization own = quantizationOf.getOrDefault(component, quantization);
    return own != null || main == null
        ? required(own, "without a quantization")
        : main.quantization(component);
  }

  /** By how many bits the region of interest of a component is shifted up. */
  int shift(int component) {
    Integer own = shiftOf.get(component);
    return own != null ? own : main == null ? 0 : main.shift(component);
  }

  /** The volumes of packets in their order. */
  List<ProgressionChange> progression() {
    List<ProgressionChange> stated = changes.isEmpty() && main != null ? main.changes : changes;
    if (!stated.isEmpty()) {
      return stated;
    }
    Packets all = packets();
    return List.of(
        new ProgressionChange(
            0, 0, all.layers, CodingStyle.MOST_LEVELS + 1, components, all.order));
  }

  private void readCodingDefault(Octets segment) {
    int style = segment.octet();
    int order = segment.octet();
    int layers = segment.word();
    int transformation = segment.octet();
    if (order > ProgressionChange.CPRL || layers == 0 || transformation > 1) {
      throw CodestreamException.malformed("coding style out of range");
    }
    packets = new Packets((style & 2) != 0, (style & 4) != 0, order, layers, transformation == 1);
    coding = codingStyle(segment, style);
  }

  private static CodingStyle codingStyle(Octets segment, int style) {
    return CodingStyle.read(segment, (style & 1) != 0);
  }

  private void readRegion(Octets segment) {
    int component = component(segment);
    if (segment.octet() != 0) {
      throw CodestreamException.malformed("region of interest of an unknown style");
    }
    shiftOf.put(component, segment.octet());
  }

  private void readChanges(Octets segment) {
    int size = components < NARROW_COMPONENTS ? 7 : 9;
    while (segment.left() >= size) {
      changes.add(ProgressionChange.read(segment, components >= NARROW_COMPONENTS));
    }
    if (changes.size() > MOST_CHANGES) {
      throw CodestreamException.malformed("with too many progression order changes");
    }
  }

  private int component(Octets segment) {
    int component = components < NARROW_COMPONENTS ? segment.octet() : segment.word();
    if (component >= components) {
      throw CodestreamException.malformed("parameters of component " + component);
    }
    return component;
  }

  private static <T> T required(@Nullable T value, String missing) {
    if (value == null) {
      throw CodestreamException.malformed(missing);
    }
    return value;
  }
}
