package io.overread.dicom.pixel.jpeg2000;

import java.util.List;

/** A plane of whole numbers, transformed by the reversible 5/3 wavelet (F.3.8.1). */
final class ReversiblePlane implements Plane {
  private static final int LANES = Lines.LANES;

  private final int width;
  private final int[] values;

  ReversiblePlane(int width, int height) {
    this.width = width;
    this.values = new int[width * height];
  }

  int[] values() {
    return values;
  }

  @Override
  public void put(Band band, CodeBlock block, int[] doubled) {
    int from = 0;
    for (int row = 0; row < block.height; row++) {
      int to = (block.y + row) * width + block.x;
      for (int column = 0; column < block.width; column++) {
        int value = doubled[from++];
        int magnitude = band.magnitude().unshifted(Math.abs(value)) >> 1;
        values[to++] = value < 0 ? -magnitude : magnitude;
      }
    }
  }

  @Override
  public void synthesize(List<Resolution> resolutions) {
    Area whole = resolutions.getLast().area();
    int[] lines = new int[LANES * Math.max(whole.width(), whole.height())];
    for (int index = 1; index < resolutions.size(); index++) {
      Area area = resolutions.get(index).area();
      Lines across = Lines.across(area, width);
      Lines down = Lines.down(area, width);
      transform(across, lines);
      transform(down, lines);
    }
  }

  private void transform(Lines layout, int[] lines) {
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

  /** Low frequencies are at the places of the parity, high ones between. */
  private static void synthesize(int[] lines, int length, int parity) {
    if (length == 1) {
      if (parity == 1) {
        for (int lane = 0; lane < LANES; lane++) {
          lines[lane] >>= 1;
        }
      }
      return;
    }
    for (int place = parity; place < length; place += 2) {
      int before = Lines.before(place) * LANES;
      int after = Lines.after(place, length) * LANES;
      int at = place * LANES;
      for (int lane = 0; lane < LANES; lane++) {
        lines[at + lane] -= (lines[before + lane] + lines[after + lane] + 2) >> 2;
      }
    }
    for (int place = 1 - parity; place < length; place += 2) {
      int before = Lines.before(place) * LANES;
      int after = Lines.after(place, length) * LANES;
      int at = place * LANES;
      for (int lane = 0; lane < LANES; lane++) {
        lines[at + lane] += (lines[before + lane] + lines[after + lane]) >> 1;
      }
    }
  }

  @Override
  public void row(int y, int[] samples) {
    System.arraycopy(values, y * width, samples, 0, width);
  }
}
