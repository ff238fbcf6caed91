package io.overread.dicom.pixel.jpeg2000;

import java.util.List;

/** A plane of fractions, transformed by the irreversible 9/7 wavelet (F.3.8.2). */
final class IrreversiblePlane implements Plane {
  private static final int LANES = Lines.LANES;
  private static final float ALPHA = -1.586134342059924f;
  private static final float BETA = -0.052980118572961f;
  private static final float GAMMA = 0.882911075530934f;
  private static final float DELTA = 0.443506852043971f;
  private static final float LOW_SCALE = 1.230174104914001f;
  private static final float HIGH_SCALE = 1 / LOW_SCALE;

  private final int width;
  private final float[] values;

  IrreversiblePlane(int width, int height) {
    this.width = width;
    this.values = new float[width * height];
  }

  float[] values() {
    return values;
  }

  @Override
  public void put(Band band, CodeBlock block, int[] doubled) {
    float half = band.magnitude().step() / 2;
    int from = 0;
    for (int row = 0; row < block.height; row++) {
      int to = (block.y + row) * width + block.x;
      for (int column = 0; column < block.width; column++) {
        int value = doubled[from++];
        float magnitude = band.magnitude().unshifted(Math.abs(value)) * half;
        values[to++] = value < 0 ? -magnitude : magnitude;
      }
    }
  }

  @Override
  public void synthesize(List<Resolution> resolutions) {
    Area whole = resolutions.getLast().area();
    float[] lines = new float[LANES * Math.max(whole.width(), whole.height())];
    for (int index = 1; index < resolutions.size(); index++) {
      Area area = resolutions.get(index).area();
      transform(Lines.across(area, width), lines);
      transform(Lines.down(area, width), lines);
    }
  }

  private void transform(Lines layout, float[] lines) {
    for (int first = 0; first < layout.lines(); first += LANES) {
      int lanes = Math.min(LANES, layout.lines() - first);
      for (int place = 0; place < layout.length(); place++) {
        int at = layout.source(place) + first * layout.lineStep();
        for (int lane = 0; lane < lanes; lane++, at += layout.lineStep()) {
          lines[place * LANES + lane] = values[at];
        }
      }
      synthesize(lines, layout.length(), layout.parity());
      for (int place = 0; place < layout.length(); place++) {
        int at = place * layout.sampleStep() + first * layout.lineStep();
        for (int lane = 0; lane < lanes; lane++, at += layout.lineStep()) {
          values[at] = lines[place * LANES + lane];
        }
      }
    }
  }

  private static void synthesize(float[] lines, int length, int parity) {
    if (length == 1) {
      if (parity == 1) {
        scale(lines, 0, 1, 0.5f);
      }
      return;
    }
    scale(lines, parity, length, LOW_SCALE);
    scale(lines, 1 - parity, length, HIGH_SCALE);
    lift(lines, parity, length, DELTA);
    lift(lines, 1 - parity, length, GAMMA);
    lift(lines, parity, length, BETA);
    lift(lines, 1 - parity, length, ALPHA);
  }

  private static void scale(float[] lines, int start, int length, float factor) {
    for (int place = start; place < length; place += 2) {
      int at = place * LANES;
      for (int lane = 0; lane < LANES; lane++) {
        lines[at + lane] *= factor;
      }
    }
  }

  private static void lift(float[] lines, int start, int length, float factor) {
    for (int place = start; place < length; place += 2) {
      int before = Lines.before(place) * LANES;
      int after = Lines.after(place, length) * LANES;
      int at = place * LANES;
      for (int lane = 0; lane < LANES; lane++) {
        lines[at + lane] -= factor * (lines[before + lane] + lines[after + lane]);
      }
    }
  }

  @Override
  public void row(int y, int[] samples) {
    for (int column = 0; column < width; column++) {
      samples[column] = Math.round(values[y * width + column]);
    }
  }
}
