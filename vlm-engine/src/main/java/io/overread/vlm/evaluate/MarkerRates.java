package io.overread.vlm.evaluate;

import io.overread.vlm.guard.MarkerGuard;
import io.overread.vlm.guard.MarkerGuard.Hanging;
import io.overread.vlm.guard.marker.MarkerReader;
import io.overread.vlm.guard.marker.Side;
import io.overread.vlm.guard.marker.SideMarker;
import io.overread.vlm.guard.marker.SideMarkers;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * How often side markers are read and objected to, on frontal chest radiographs: as they are, as
 * their mirror images, and with a marker drawn on them.
 */
final class MarkerRates {

  /** Whose chest radiographs are all frontal and hung with the patient's left on the right. */
  private static final Set<String> FRONTAL = Set.of("nih-chestxray14", "kermany-cxr");

  private static final MarkerReader READER = new MarkerReader();

  /** The dots of a drawn letter in the width of an image, and the least of them in pixels. */
  private static final int DOTS_ACROSS = 190;

  private static final int LEAST_DOT = 2;

  private MarkerRates() {}

  /**
   * The markers of one image.
   *
   * @param asItIs those that were there before
   * @param onItsHalf with a letter drawn where that side is
   * @param drawn the side that was drawn
   */
  private record Marked(
      SideMarkers asItIs,
      SideMarkers mirrored,
      SideMarkers onItsHalf,
      SideMarkers onTheOther,
      Side drawn) {}

  /** Rows of the table; none of data without such radiographs. */
  static List<String> rows(
      List<StatedRecord> records, ImageFiles files, Consumer<String> progress) {
    List<Callable<Marked>> tasks = new ArrayList<>();
    for (StatedRecord record : records) {
      if (FRONTAL.contains(record.subject().source())) {
        Side side = tasks.size() % 2 == 0 ? Side.LEFT : Side.RIGHT;
        tasks.add(() -> marked(files.read(record), side));
      }
    }
    progress.accept("side markers of " + tasks.size() + " radiographs");
    List<Marked> all = Steps.besideOneAnother(Steps.workersHere(), tasks, done -> {});
    return all.isEmpty() ? List.of() : rows(all);
  }

  private static Marked marked(BufferedImage image, Side side) {
    return new Marked(
        READER.read(image),
        READER.read(flipped(image)),
        READER.read(drawn(image, side, true)),
        READER.read(drawn(image, side, false)),
        side);
  }

  private static List<String> rows(List<Marked> all) {
    List<Marked> read = all.stream().filter(each -> !each.asItIs.clear().isEmpty()).toList();
    List<SideMarker> letters = all.stream().flatMap(each -> each.asItIs.clear().stream()).toList();
    return List.of(
        GuardRates.line(
            "side marker read (no objection)",
            "frontal chests as they are; with one drawn on",
            GuardRates.share(all, each -> !each.asItIs.clear().isEmpty()),
            GuardRates.share(all, each -> MarkerGuard.only(each.onItsHalf).isPresent())),
        GuardRates.line(
            "side marker mirrored (no objection)",
            "markers that were read",
            GuardRates.share(letters, SideMarker::mirrored),
            ""),
        GuardRates.line(
            "side marker on the wrong half",
            "frontal chests as they are; their mirror images",
            GuardRates.share(all, each -> misplaced(each.asItIs)),
            GuardRates.share(all, each -> misplaced(each.mirrored))),
        GuardRates.line(
            "side marker on the wrong half",
            "the same, of those whose marker is read",
            GuardRates.share(read, each -> misplaced(each.asItIs)),
            GuardRates.share(read, each -> misplaced(each.mirrored))),
        GuardRates.line(
            "side marker on the wrong half",
            "one drawn on its half; on the other",
            GuardRates.share(all, each -> misplaced(each.onItsHalf)),
            GuardRates.share(all, each -> misplaced(each.onTheOther))),
        GuardRates.line(
            "side marker against the header",
            "header that says as the drawn one; the other side",
            GuardRates.share(all, against(Side.LEFT, Side.RIGHT)),
            GuardRates.share(all, against(Side.RIGHT, Side.LEFT))));
  }

  private static boolean misplaced(SideMarkers markers) {
    return MarkerGuard.objection(markers, null, Hanging.LEFT_ON_THE_RIGHT).isPresent();
  }

  /** Whether a header with one side for a drawn L and the other for a drawn R is objected to. */
  private static Predicate<Marked> against(Side ofLeft, Side ofRight) {
    return each ->
        MarkerGuard.objection(
                each.onItsHalf, each.drawn == Side.LEFT ? ofLeft : ofRight, Hanging.UNKNOWN)
            .isPresent();
  }

  private static BufferedImage flipped(BufferedImage image) {
    BufferedImage copy = copy(image);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        copy.getRaster()
            .setPixel(image.getWidth() - 1 - x, y, image.getRaster().getPixel(x, y, (int[]) null));
      }
    }
    return copy;
  }

  /** With a letter at the top, on the half where that side of the patient is or on the other. */
  private static BufferedImage drawn(BufferedImage image, Side side, boolean onItsHalf) {
    BufferedImage copy = copy(image);
    int dot = Math.max(LEAST_DOT, Math.round((float) image.getWidth() / DOTS_ACROSS));
    boolean right = (side == Side.LEFT) == onItsHalf;
    int margin = 4 * dot;
    Graphics2D pen = copy.createGraphics();
    pen.setColor(Color.WHITE);
    Lettering.draw(
        pen,
        side.letter(),
        right ? image.getWidth() - margin - Lettering.COLUMNS * dot : margin,
        margin,
        dot);
    pen.dispose();
    return copy;
  }

  private static BufferedImage copy(BufferedImage image) {
    return new BufferedImage(
        image.getColorModel(), image.copyData(null), image.isAlphaPremultiplied(), null);
  }
}
