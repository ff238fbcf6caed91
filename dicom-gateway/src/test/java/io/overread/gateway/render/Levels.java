package io.overread.gateway.render;

import static org.assertj.core.api.Assertions.assertThat;

/** How far two renderings of a frame are apart: ours minus theirs, over all samples. */
record Levels(int lowest, int highest) {

  static Levels compare(RenderedImage ours, PortableMap theirs) {
    var image = ours.image();
    assertThat(image.getWidth()).isEqualTo(theirs.width());
    assertThat(image.getHeight()).isEqualTo(theirs.height());
    int[] levels =
        image.getRaster().getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null);
    int lowest = 0;
    int highest = 0;
    for (int index = 0; index < levels.length; index++) {
      lowest = Math.min(lowest, levels[index] - theirs.values()[index]);
      highest = Math.max(highest, levels[index] - theirs.values()[index]);
    }
    return new Levels(lowest, highest);
  }

  void areWithin(int least, int most) {
    assertThat(lowest).isBetween(least, most);
    assertThat(highest).isBetween(least, most);
  }
}
