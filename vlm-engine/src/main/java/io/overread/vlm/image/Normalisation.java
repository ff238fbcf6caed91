package io.overread.vlm.image;

import java.util.List;

/**
 * From eight bits to the numbers that a model was trained on: {@code (sample * factor - mean) /
 * deviation}.
 *
 * @param factor 1/255 as a rule; 1 where the file does not rescale
 * @param mean one for each colour
 * @param deviation one for each colour, never zero
 */
public record Normalisation(double factor, List<Double> mean, List<Double> deviation) {

  /** Refuses anything but three colours. */
  public Normalisation {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    if (mean.size() != 3 || deviation.size() != 3 || deviation.contains(0.0)) {
      throw new IllegalArgumentException(
          "image_mean and image_std need three numbers, none of image_std 0");
    }
  }

  /** Also turns pixel after pixel into colour after colour. */
  public PixelTensor apply(RgbImage image) {
    int pixels = image.width() * image.height();
    float[] values = new float[pixels * 3];
    for (int color = 0; color < 3; color++) {
      float[] table = table(color);
      int to = color * pixels;
      for (int i = 0; i < pixels; i++) {
        values[to + i] = table[image.samples()[i * 3 + color] & 0xff];
      }
    }
    return new PixelTensor(image.height(), image.width(), values);
  }

  /** In single precision, step by step as the hub's processors compute it. */
  private float[] table(int color) {
    float[] table = new float[256];
    for (int sample = 0; sample < 256; sample++) {
      float scaled = (float) (sample * factor);
      table[sample] = (scaled - mean.get(color).floatValue()) / deviation.get(color).floatValue();
    }
    return table;
  }
}
