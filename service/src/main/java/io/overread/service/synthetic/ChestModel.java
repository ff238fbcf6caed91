package io.overread.service.synthetic;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.InflaterInputStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * The synthetic chest radiographs as a mean image and the directions in which each differs from it.
 * They were drawn from a statistical model of several hundred radiographs and show no patient. Made
 * by {@code vlm-engine/training}, see {@code samples/chest-components.json} for the layout.
 */
final class ChestModel {
  private static final int MOST_SAMPLES = 8;

  private final Layout layout;
  private final byte[] values;

  private ChestModel(Layout layout, byte[] values) {
    this.layout = layout;
    this.values = values;
  }

  static ChestModel load() {
    try (InputStream json = resource("chest-components.json")) {
      Layout layout = JsonMapper.builder().build().readValue(json, Layout.class);
      int pixels = layout.height * layout.width;
      try (InputStream packed = new InflaterInputStream(resource(layout.file))) {
        byte[] values = packed.readAllBytes();
        if (values.length != pixels * (1 + layout.components)
            || layout.scales.length != layout.components
            || layout.samples.size() > MOST_SAMPLES) {
          throw new IllegalStateException("samples/chest-components doesn't fit its description");
        }
        return new ChestModel(layout, values);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the synthetic samples can't be read", e);
    }
  }

  private static InputStream resource(String name) throws IOException {
    InputStream found = ChestModel.class.getResourceAsStream("/samples/" + name);
    if (found == null) {
      throw new IOException("no resource samples/" + name);
    }
    return found;
  }

  /** Names of the samples, in order. */
  List<String> samples() {
    return layout.samples.stream().map(Sample::name).toList();
  }

  int width() {
    return layout.width;
  }

  int height() {
    return layout.height;
  }

  /** A sample as [height * width] values from 0 (black) to 255, row by row; bright is dense. */
  float[] image(int sample) {
    double[] coefficients = layout.samples.get(sample).coefficients;
    int pixels = layout.height * layout.width;
    float[] image = new float[pixels];
    for (int i = 0; i < pixels; i++) {
      double value = values[i] & 0xFF;
      for (int c = 0; c < layout.components; c++) {
        value += coefficients[c] * layout.scales[c] * values[(c + 1) * pixels + i];
      }
      image[i] = (float) Math.clamp(value, 0, 255);
    }
    return image;
  }

  private record Layout(
      String about,
      String file,
      String compression,
      String layout,
      int height,
      int width,
      int components,
      double[] scales,
      String image,
      List<Sample> samples) {}

  private record Sample(String name, double[] coefficients) {}
}
