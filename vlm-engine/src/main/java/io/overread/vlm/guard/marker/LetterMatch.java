package io.overread.vlm.guard.marker;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The side letter that some ink looks like most.
 *
 * @param likeness of the best shape
 * @param ahead by how much it is more like it than like any other character, or the same mirrored
 */
record LetterMatch(LetterShape shape, double likeness, double ahead) {

  /** A box so much wider or narrower than a shape's is another character's. */
  private static final double ASPECT_TOLERANCE = 1.45;

  private static final List<LetterShape> SHAPES = LetterShape.all();

  /** Null where the box fits neither letter. */
  static @Nullable LetterMatch of(float[] ink, double aspect) {
    LetterShape best = null;
    double likeness = 0;
    for (LetterShape shape : SHAPES) {
      if (isSide(shape) && fits(shape, aspect)) {
        double like = shape.likeness(ink);
        if (like > likeness) {
          likeness = like;
          best = shape;
        }
      }
    }
    if (best == null) {
      return null;
    }
    double other = 0;
    for (LetterShape shape : SHAPES) {
      if ((shape.character() != best.character() || shape.mirrored() != best.mirrored())
          && fits(shape, aspect)) {
        other = Math.max(other, shape.likeness(ink));
      }
    }
    return new LetterMatch(best, likeness, likeness - other);
  }

  /** The character that it looks like most as it stands or mirrored; 0 if none fits. */
  static char upright(float[] ink, double aspect, boolean mirrored, double least) {
    char best = 0;
    double likeness = least;
    for (LetterShape shape : SHAPES) {
      if (shape.mirrored() == mirrored && shape.isUpright() && fits(shape, aspect)) {
        double like = shape.likeness(ink);
        if (like > likeness) {
          likeness = like;
          best = shape.character();
        }
      }
    }
    return best;
  }

  private static boolean isSide(LetterShape shape) {
    return shape.character() == 'L' || shape.character() == 'R';
  }

  private static boolean fits(LetterShape shape, double aspect) {
    double ratio = shape.aspect() / aspect;
    return ratio < ASPECT_TOLERANCE && ratio > 1 / ASPECT_TOLERANCE;
  }
}
