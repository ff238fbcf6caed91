package io.overread.service.journey;

import io.overread.vlm.guard.ImageGuard;
import io.overread.vlm.guard.Objection;
import io.overread.vlm.guard.marker.MarkerReader;
import io.overread.vlm.guard.marker.SideMarkers;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the pixels of the chosen frames tell before a model looks at them.
 *
 * @param unusable what there is against all of the frames; null if there is one to be read
 * @param markers side markers that were burned in, frame by frame
 */
public record PixelChecks(@Nullable Objection unusable, List<SideMarkers> markers) {
  private static final ImageGuard IMAGES = new ImageGuard();
  private static final MarkerReader MARKERS = new MarkerReader();

  /** Radiographs, whose markers are of lead; letters on other images are a program's. */
  private static final Set<String> RADIOGRAPHS = Set.of("CR", "DX", "RG", "MG");

  /** Keeps its own copy. */
  public PixelChecks {
    markers = List.copyOf(markers);
  }

  static PixelChecks of(List<SelectedFrame> frames) {
    return new PixelChecks(unusable(frames), frames.stream().map(PixelChecks::markersOf).toList());
  }

  /** Of the first frame if there is something against each: one good frame can be read. */
  private static @Nullable Objection unusable(List<SelectedFrame> frames) {
    List<Optional<Objection>> objections =
        frames.stream().map(frame -> IMAGES.objection(frame.image())).toList();
    return objections.stream().allMatch(Optional::isPresent)
        ? objections.getFirst().orElse(null)
        : null;
  }

  private static SideMarkers markersOf(SelectedFrame frame) {
    return RADIOGRAPHS.contains(CodeString.normalised(frame.series().attributes().modality()))
        ? MARKERS.read(frame.image())
        : new SideMarkers.None();
  }
}
