package io.overread.service.journey;

import io.overread.gateway.study.SeriesAttributes.Anatomy;
import io.overread.gateway.triage.RowDirection;
import io.overread.vlm.guard.LateralityGuard;
import io.overread.vlm.guard.MarkerGuard;
import io.overread.vlm.guard.MarkerGuard.Hanging;
import io.overread.vlm.guard.Objection;
import io.overread.vlm.guard.marker.Side;
import io.overread.vlm.guard.marker.SideMarkers;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Left and right of what was read: by the header, and by the markers on the images. */
final class Sides {

  /** Parts with two sides whose frontal views are hung with the patient's left on the right. */
  private static final Set<String> TRUNK = Set.of("CHEST", "THORAX", "LUNG", "ABDOMEN", "PELVIS");

  /** Parts of which an image shows one side (PS3.16 Annex L). */
  private static final Set<String> OF_ONE_SIDE =
      Set.of(
          "ANKLE",
          "ARM",
          "BREAST",
          "CALCANEUS",
          "CLAVICLE",
          "ELBOW",
          "EXTREMITY",
          "FEMUR",
          "FINGER",
          "FOOT",
          "FOREARM",
          "HAND",
          "HIP",
          "HUMERUS",
          "KNEE",
          "LEG",
          "PATELLA",
          "RADIUS",
          "SCAPULA",
          "SHOULDER",
          "THIGH",
          "THUMB",
          "TIBIA",
          "TOE",
          "ULNA",
          "WRIST");

  private static final Set<String> FRONTAL = Set.of("PA", "AP");

  private final Reading reading;

  Sides(Reading reading) {
    this.reading = reading;
  }

  /** Why left and right can't be trusted in one of the images; empty if nothing speaks for that. */
  Optional<Objection> objection() {
    List<SideMarkers> markers = reading.pixels().markers();
    return IntStream.range(0, markers.size())
        .mapToObj(i -> objection(reading.sources().get(i), markers.get(i)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** Looks at the sides that sentences name; the first image is the one that they are about. */
  LateralityGuard guard() {
    Optional<Objection> objection = objection();
    if (objection.isPresent()) {
      return LateralityGuard.untold(objection.get().reason());
    }
    Reading.Source first = reading.sources().getFirst();
    Side stated = stated(first);
    if (stated != null) {
      return LateralityGuard.of(stated);
    }
    Optional<Side> marked = MarkerGuard.only(reading.pixels().markers().getFirst());
    if (marked.isPresent() && OF_ONE_SIDE.contains(bodyPart(first))) {
      return LateralityGuard.ofMarker(marked.get());
    }
    if (!reading.model().limits().tellsSides()) {
      return LateralityGuard.untold("It names a side, and the model can't tell left from right.");
    }
    return RowDirection.of(first.instance()) == RowDirection.RIGHT
        ? LateralityGuard.untold(
            "It names a side, and this image is turned: its rows run to the patient's right.")
        : LateralityGuard.ofBoth();
  }

  private static Optional<Objection> objection(Reading.Source source, SideMarkers markers) {
    return markers.clear().isEmpty()
        ? Optional.empty()
        : MarkerGuard.objection(markers, stated(source), hanging(source));
  }

  /** By Patient Orientation, else by View Position; a view that isn't stated may be a lateral. */
  private static Hanging hanging(Reading.Source source) {
    if (!TRUNK.contains(bodyPart(source))) {
      return Hanging.UNKNOWN;
    }
    return switch (RowDirection.of(source.instance())) {
      case LEFT -> Hanging.LEFT_ON_THE_RIGHT;
      case RIGHT -> Hanging.LEFT_ON_THE_LEFT;
      case OTHER ->
          FRONTAL.contains(CodeString.normalised(anatomy(source).viewPosition()))
              ? Hanging.LEFT_ON_THE_RIGHT
              : Hanging.UNKNOWN;
    };
  }

  private static @Nullable Side stated(Reading.Source source) {
    return switch (CodeString.normalised(anatomy(source).laterality())) {
      case "L" -> Side.LEFT;
      case "R" -> Side.RIGHT;
      default -> null;
    };
  }

  private static String bodyPart(Reading.Source source) {
    return CodeString.normalised(anatomy(source).bodyPartExamined());
  }

  private static Anatomy anatomy(Reading.Source source) {
    return source.series().attributes().anatomy();
  }
}
