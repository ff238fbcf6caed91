package io.overread.service.journey;

import io.overread.dicom.pixel.Window;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The windows in which slices of CT are shown to the model, in Hounsfield units, by Body Part
 * Examined (0018,0015); the first one first, as far as the model's budget goes.
 *
 * <table>
 *   <caption>Center and width</caption>
 *   <tr><th>body part</th><th>windows</th></tr>
 *   <tr><td>chest</td><td>soft tissue 40/400, lung -600/1500</td></tr>
 *   <tr><td>head</td><td>brain 40/80, bone 400/1800</td></tr>
 *   <tr><td>spine, limbs</td><td>bone 400/1800, soft tissue 40/400</td></tr>
 *   <tr><td>abdomen and all others</td><td>soft tissue 40/400</td></tr>
 * </table>
 *
 * <p>A chest as soft tissue first: the shipped model, which takes one image, learnt from chests in
 * windows of the mediastinum alone; a lung window is to it an image of another kind.
 */
final class CtWindows {

  /**
   * A window with a name.
   *
   * @param name as people call it
   */
  record Named(String name, Window window) {}

  private static final Named LUNG = new Named("lung", Window.linear(-600, 1500));
  private static final Named SOFT_TISSUE = new Named("soft tissue", Window.linear(40, 400));
  private static final Named BRAIN = new Named("brain", Window.linear(40, 80));
  private static final Named BONE = new Named("bone", Window.linear(400, 1800));

  private record Row(Set<String> bodyParts, List<Named> windows) {}

  private static final List<Row> ROWS =
      List.of(
          new Row(Set.of("CHEST", "LUNG", "THORAX"), List.of(SOFT_TISSUE, LUNG)),
          new Row(Set.of("HEAD", "BRAIN", "SKULL"), List.of(BRAIN, BONE)),
          new Row(
              Set.of(
                  "SPINE",
                  "CSPINE",
                  "TSPINE",
                  "LSPINE",
                  "SSPINE",
                  "EXTREMITY",
                  "ARM",
                  "HAND",
                  "WRIST",
                  "ELBOW",
                  "SHOULDER",
                  "LEG",
                  "KNEE",
                  "ANKLE",
                  "FOOT",
                  "HIP"),
              List.of(BONE, SOFT_TISSUE)));

  private CtWindows() {}

  /** The window of a name that frames of a body part are shown in. */
  static Optional<Named> named(String bodyPart, String name) {
    return of(bodyPart).stream().filter(each -> each.name().equals(name)).findFirst();
  }

  /** The windows for a body part as it was sent; at least one. */
  static List<Named> of(String bodyPart) {
    return ROWS.stream()
        .filter(row -> row.bodyParts().contains(bodyPart))
        .findFirst()
        .map(Row::windows)
        .orElse(List.of(SOFT_TISSUE));
  }
}
