package io.overread.vlm.guard.marker;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Reads side markers: L, R, LT, RT, LEFT, RIGHT, bright letters near the left or right edge, as
 * they stand or mirrored; an R also turned by quarters. An L that is turned looks like a mirrored
 * one, so only an upright one is read; nor is one whose foot is as long as its stem.
 *
 * <p>The image is cut at a row of brightnesses. What hangs together above one of them is compared
 * with the shapes of all letters, and counts if several brightnesses give the same letter, if it is
 * much more like it than like any other, and if no other text stands on its line. Takes some tenths
 * of a second.
 */
public final class MarkerReader {

  private static final int FIRST_THRESHOLD = 50;
  private static final int LAST_THRESHOLD = 248;
  private static final int STEP = 11;

  /** In pixels of {@link GrayPlane}: below, letters are a few pixels of the original. */
  private static final int LEAST_HEIGHT = 12;

  private static final int MOST_HEIGHT = 90;
  private static final int LEAST_WIDTH = 5;

  /** Markers lie beside the patient: within so much of the width from an edge. */
  private static final double MARGIN = 0.3;

  private static final double LEAST_FILL = 0.15;
  private static final double MOST_FILL = 0.8;
  private static final double LEAST_CONTRAST = 25;

  /** Each brightness must give so much, and the best one more. */
  private static final double LEAST_LIKENESS = 0.76;

  private static final double BEST_R = 0.82;
  private static final double BEST_L = 0.88;

  private static final double LEAST_AHEAD = 0.08;
  private static final double WIDEST_L = 0.8;
  private static final int LEAST_THRESHOLDS = 3;

  /** A letter at one brightness. */
  private record Sighting(Blob blob, LetterMatch match, boolean certain) {

    Side side() {
      return match.shape().character() == 'R' ? Side.RIGHT : Side.LEFT;
    }

    boolean mirrored() {
      return match.shape().mirrored();
    }
  }

  /** Reads an image of any size, gray or colour. */
  public SideMarkers read(BufferedImage image) {
    GrayPlane plane = GrayPlane.of(image);
    List<List<Sighting>> places = new ArrayList<>();
    for (int threshold = FIRST_THRESHOLD; threshold <= LAST_THRESHOLD; threshold += STEP) {
      Blobs blobs = Blobs.above(plane, threshold);
      for (Blob blob : blobs.all()) {
        if (isCandidate(blob, plane)) {
          sighting(blobs, blob).ifPresent(seen -> add(places, seen));
        }
      }
    }
    List<SideMarker> markers =
        places.stream().flatMap(place -> marker(place, plane).stream()).toList();
    if (!markers.isEmpty()) {
      return new SideMarkers.Read(markers);
    }
    return places.stream().anyMatch(place -> place.size() >= LEAST_THRESHOLDS)
        ? new SideMarkers.Unsure()
        : new SideMarkers.None();
  }

  /** What touches the edge may be the rest of another letter. */
  private static boolean isCandidate(Blob blob, GrayPlane plane) {
    double x = blob.centreX() / plane.width();
    return blob.height() >= LEAST_HEIGHT
        && blob.height() <= MOST_HEIGHT
        && blob.width() >= LEAST_WIDTH
        && blob.width() <= MOST_HEIGHT
        && blob.fill() >= LEAST_FILL
        && blob.fill() <= MOST_FILL
        && (x <= MARGIN || x >= 1 - MARGIN)
        && blob.left() > 0
        && blob.top() > 0
        && blob.right() < plane.width() - 1
        && blob.bottom() < plane.height() - 1;
  }

  private static Optional<Sighting> sighting(Blobs blobs, Blob blob) {
    if (blobs.contrast(blob) < LEAST_CONTRAST) {
      return Optional.empty();
    }
    LetterMatch match = LetterMatch.of(blobs.ink(blob), blob.aspect());
    if (match == null || match.likeness() < LEAST_LIKENESS || match.ahead() <= 0) {
      return Optional.empty();
    }
    if (!new TextLine(blobs, blob).isMarker(match.shape())) {
      return Optional.empty();
    }
    boolean readable =
        match.shape().character() == 'R'
            || (match.shape().isUpright() && blob.aspect() <= WIDEST_L);
    return Optional.of(new Sighting(blob, match, readable && match.ahead() >= LEAST_AHEAD));
  }

  private static void add(List<List<Sighting>> places, Sighting seen) {
    for (List<Sighting> place : places) {
      if (place.getFirst().blob.overlaps(seen.blob)) {
        place.add(seen);
        return;
      }
    }
    List<Sighting> place = new ArrayList<>();
    place.add(seen);
    places.add(place);
  }

  /** All brightnesses at which it is clear must give the same letter. */
  private static Optional<SideMarker> marker(List<Sighting> place, GrayPlane plane) {
    List<Sighting> clear = place.stream().filter(Sighting::certain).toList();
    if (clear.size() < LEAST_THRESHOLDS) {
      return Optional.empty();
    }
    Sighting best =
        clear.stream().max(Comparator.comparingDouble(each -> each.match.likeness())).orElseThrow();
    boolean agreed =
        clear.stream()
            .allMatch(each -> each.side() == best.side() && each.mirrored() == best.mirrored());
    double least = best.side() == Side.RIGHT ? BEST_R : BEST_L;
    return agreed && best.match.likeness() >= least
        ? Optional.of(
            new SideMarker(
                best.side(),
                best.mirrored(),
                best.blob.centreX() / plane.width(),
                best.blob.centreY() / plane.height(),
                best.match.likeness()))
        : Optional.empty();
  }
}
