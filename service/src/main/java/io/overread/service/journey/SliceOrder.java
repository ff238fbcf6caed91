package io.overread.service.journey;

import io.overread.gateway.triage.Plane;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * The slices of a series as they lie in the patient. Instance Number (0020,0013) says in which
 * order they were made or sent, which for interleaved acquisitions and reversed stacks is another.
 *
 * @param slices one behind the other
 * @param otherwise how many lie in another direction than most and are not among them
 * @param byPosition whether their positions were known; else they are by Instance Number
 */
record SliceOrder(List<Slice> slices, int otherwise, boolean byPosition) {

  /** Keeps its own copy. */
  SliceOrder {
    slices = List.copyOf(slices);
  }

  static SliceOrder of(List<Slice> slices) {
    List<Slice> numbered =
        slices.stream()
            .sorted(
                Comparator.<Slice, Integer>comparing(
                        slice ->
                            Objects.requireNonNullElse(
                                slice.instance().image().instanceNumber(), 0))
                    .thenComparingInt(Slice::frame))
            .toList();
    if (numbered.isEmpty() || numbered.stream().anyMatch(slice -> slice.plane() == null)) {
      return new SliceOrder(numbered, 0, false);
    }
    List<Slice> most = largestParallelGroup(numbered);
    Plane reference = Objects.requireNonNull(most.getFirst().plane());
    List<Slice> placed =
        most.stream()
            .sorted(
                Comparator.comparingDouble(
                    slice -> Objects.requireNonNull(slice.plane()).placeAlong(reference)))
            .toList();
    return new SliceOrder(placed, numbered.size() - placed.size(), true);
  }

  private static List<Slice> largestParallelGroup(List<Slice> slices) {
    List<List<Slice>> groups = new ArrayList<>();
    for (Slice slice : slices) {
      Plane plane = Objects.requireNonNull(slice.plane());
      groups.stream()
          .filter(group -> plane.isParallelTo(Objects.requireNonNull(group.getFirst().plane())))
          .findFirst()
          .orElseGet(
              () -> {
                List<Slice> group = new ArrayList<>();
                groups.add(group);
                return group;
              })
          .add(slice);
    }
    return groups.stream().max(Comparator.comparingInt(List::size)).orElseThrow();
  }

  /** So many slices, each in the middle of an equal part of the stack; their places, from 0. */
  List<Integer> evenly(int most) {
    int wanted = Math.min(most, slices.size());
    List<Integer> places = new ArrayList<>();
    for (int part = 0; part < wanted; part++) {
      places.add((int) ((part + 0.5) * slices.size() / wanted));
    }
    return places;
  }
}
