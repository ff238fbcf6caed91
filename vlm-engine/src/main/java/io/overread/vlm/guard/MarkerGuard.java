package io.overread.vlm.guard;

import io.overread.vlm.guard.marker.Side;
import io.overread.vlm.guard.marker.SideMarker;
import io.overread.vlm.guard.marker.SideMarkers;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An image's own side markers against its header and against how it is hung. A mirrored letter
 * alone is no objection: a quarter of the markers on frontal chests lie face down, on the proper
 * half of the picture all the same (see README, "What the guards catch").
 */
public final class MarkerGuard {

  /** On which half of the picture the patient's left is. */
  public enum Hanging {
    /** On the right half: a frontal view as it is hung, and as models learn it. */
    LEFT_ON_THE_RIGHT,
    /** On the left half: a frontal view seen from behind. */
    LEFT_ON_THE_LEFT,
    /** On neither, or it isn't known: a lateral view, an extremity. */
    UNKNOWN
  }

  private MarkerGuard() {}

  /**
   * Why the sides of an image can't be trusted; empty if no marker speaks against them.
   *
   * @param stated the side that the header says is shown; null where it says none or both
   */
  public static Optional<Objection> objection(
      SideMarkers markers, @Nullable Side stated, Hanging hanging) {
    Optional<Side> only = only(markers);
    if (stated != null && only.isPresent() && only.get() != stated) {
      return of(
          "The header says "
              + stated.word()
              + " and the side marker on the image says "
              + only.get().word()
              + ".");
    }
    return hanging == Hanging.UNKNOWN
        ? Optional.empty()
        : markers.clear().stream()
            .filter(marker -> isMisplaced(marker, hanging))
            .findFirst()
            .flatMap(MarkerGuard::misplaced);
  }

  /** The side that the markers say, if they all say the same. */
  public static Optional<Side> only(SideMarkers markers) {
    Set<Side> sides =
        markers.clear().stream()
            .map(SideMarker::side)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Side.class)));
    return sides.size() == 1 ? sides.stream().findFirst() : Optional.empty();
  }

  private static boolean isMisplaced(SideMarker marker, Hanging hanging) {
    boolean leftHalf = marker.x() < 0.5;
    boolean leftIsThere = hanging == Hanging.LEFT_ON_THE_LEFT;
    return (marker.side() == Side.LEFT) == (leftHalf != leftIsThere);
  }

  private static Optional<Objection> misplaced(SideMarker marker) {
    return of(
        "The side marker "
            + marker.side().letter()
            + " on the image stands on the half where the patient's "
            + (marker.side() == Side.LEFT ? Side.RIGHT : Side.LEFT).word()
            + " is expected"
            + (marker.mirrored()
                ? ", and it is mirrored: the image is flipped."
                : ": the image may be flipped, or the marker is wrong."));
  }

  private static Optional<Objection> of(String reason) {
    return Optional.of(
        new Objection(Guard.LATERALITY, reason + " Left and right can't be trusted."));
  }
}
