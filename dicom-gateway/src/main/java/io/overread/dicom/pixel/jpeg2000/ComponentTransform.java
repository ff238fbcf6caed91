package io.overread.dicom.pixel.jpeg2000;

import java.util.List;

/** The inverse multiple component transformations (G.2, G.3), to red, green and blue. */
final class ComponentTransform {
  private static final int TRANSFORMED = 3;

  private ComponentTransform() {}

  /** Transforms the first three planes in place. */
  static void invert(List<TileComponent> components) {
    if (components.size() < TRANSFORMED) {
      throw CodestreamException.malformed("component transformation of less than 3 components");
    }
    List<Plane> planes = components.stream().limit(TRANSFORMED).map(TileComponent::plane).toList();
    if (planes.get(0) instanceof ReversiblePlane first
        && planes.get(1) instanceof ReversiblePlane second
        && planes.get(2) instanceof ReversiblePlane third) {
      reversible(first.values(), second.values(), third.values());
    } else if (planes.get(0) instanceof IrreversiblePlane first
        && planes.get(1) instanceof IrreversiblePlane second
        && planes.get(2) instanceof IrreversiblePlane third) {
      irreversible(first.values(), second.values(), third.values());
    } else {
      throw CodestreamException.malformed("component transformation of different wavelets");
    }
  }

  private static void reversible(int[] first, int[] second, int[] third) {
    requireSameSize(first.length, second.length, third.length);
    for (int index = 0; index < first.length; index++) {
      int blue = second[index];
      int red = third[index];
      int green = first[index] - ((blue + red) >> 2);
      first[index] = red + green;
      second[index] = green;
      third[index] = blue + green;
    }
  }

  private static void irreversible(float[] first, float[] second, float[] third) {
    requireSameSize(first.length, second.length, third.length);
    for (int index = 0; index < first.length; index++) {
      float luminance = first[index];
      float blue = second[index];
      float red = third[index];
      first[index] = luminance + 1.402f * red;
      second[index] = luminance - 0.344136f * blue - 0.714136f * red;
      third[index] = luminance + 1.772f * blue;
    }
  }

  private static void requireSameSize(int first, int second, int third) {
    if (first != second || first != third) {
      throw CodestreamException.malformed("component transformation of different sizes");
    }
  }
}
