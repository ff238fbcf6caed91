package io.overread.vlm.guard.marker;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/** What stands on the line of a letter: an L or R within other text is no marker. */
final class TextLine {

  private static final Set<String> WORDS = Set.of("LT", "RT", "LEFT", "RIGHT");
  private static final int LONGEST_WORD = 5;
  private static final double LEAST_LIKENESS = 0.7;

  /** As wide as a space, in heights of the letter; further away another text begins. */
  private static final double GAP = 1.7;

  private static final double LEAST_HEIGHT = 0.6;

  /** Rings around a letter are at most so high, in heights of the letter. */
  private static final double WIDEST_RING = 3;

  /** Within so many heights of the letter other text belongs to the same marker. */
  private static final double NEAR = 2.5;

  private static final double LARGER = 1.15;

  /** A disc of lead, which some markers have, fills more of its box. */
  private static final double DISC = 0.72;

  /** An I is a bar. */
  private static final double BAR = 0.4;

  private final Blobs blobs;
  private final Blob letter;

  TextLine(Blobs blobs, Blob letter) {
    this.blobs = blobs;
    this.letter = letter;
  }

  /** Whether it stands alone, or begins one of the words; a turned one must stand alone. */
  boolean isMarker(LetterShape shape) {
    boolean along = Math.round(shape.turned() / 90f) % 2 == 0;
    Blob box = ringed();
    if (isInitial(box)) {
      return false;
    }
    List<Blob> line = blobs.all().stream().filter(each -> isOnLine(box, each, along)).toList();
    if (line.isEmpty()) {
      return true;
    }
    return box.equals(letter) && shape.isUpright() && WORDS.contains(word(shape, line));
  }

  /** The side is the largest letter of its marker; who took the image stands beside it, smaller. */
  private boolean isInitial(Blob box) {
    double near = NEAR * letter.height();
    return blobs.all().stream()
        .filter(each -> each.height() >= LARGER * letter.height())
        .filter(each -> each.height() <= WIDEST_RING * letter.height())
        .filter(each -> !each.equals(box) && each.label() != letter.label())
        .filter(each -> each.aspect() > BAR && each.aspect() < 1 / BAR && each.fill() < DISC)
        .anyMatch(
            each ->
                each.left() - letter.right() < near
                    && letter.left() - each.right() < near
                    && each.top() - letter.bottom() < near
                    && letter.top() - each.bottom() < near);
  }

  /** With the ring around it, if there is one: of MedPix® the R would stand alone. */
  private Blob ringed() {
    return blobs.all().stream()
        .filter(
            each ->
                each.left() < letter.left()
                    && each.right() > letter.right()
                    && each.top() < letter.top()
                    && each.bottom() > letter.bottom()
                    && each.height() < WIDEST_RING * letter.height())
        .findFirst()
        .orElse(letter);
  }

  private boolean isOnLine(Blob box, Blob other, boolean along) {
    if (other.label() == letter.label() || other.equals(box)) {
      return false;
    }
    double size = along ? letter.height() : letter.width();
    double high = along ? other.height() : other.width();
    double off = along ? other.centreY() - letter.centreY() : other.centreX() - letter.centreX();
    int gap =
        along
            ? Math.max(other.left() - box.right(), box.left() - other.right())
            : Math.max(other.top() - box.bottom(), box.top() - other.bottom());
    return high >= LEAST_HEIGHT * size
        && high <= size / LEAST_HEIGHT
        && Math.abs(off) < size / 2
        && gap > -size / 4
        && gap < GAP * size;
  }

  /** What is read on the line, from the letter on; empty if something stands before it. */
  private String word(LetterShape shape, List<Blob> line) {
    ToIntFunction<Blob> from = shape.mirrored() ? each -> -each.right() : Blob::left;
    Predicate<Blob> before = each -> from.applyAsInt(each) < from.applyAsInt(letter);
    if (line.stream().anyMatch(before)) {
      return "";
    }
    StringBuilder word = new StringBuilder().append(shape.character());
    Blob last = letter;
    for (Blob next : rest(from)) {
      int gap = shape.mirrored() ? last.left() - next.right() : next.left() - last.right();
      if (gap >= GAP * letter.height() || word.length() == LONGEST_WORD) {
        return gap >= GAP * letter.height() ? word.toString() : "";
      }
      word.append(
          next.aspect() < BAR
              ? 'I'
              : LetterMatch.upright(
                  blobs.ink(next), next.aspect(), shape.mirrored(), LEAST_LIKENESS));
      last = next;
    }
    return word.toString();
  }

  /** All of the letter's height behind it, in the order in which they are read. */
  private List<Blob> rest(ToIntFunction<Blob> from) {
    return blobs.all().stream()
        .filter(each -> from.applyAsInt(each) > from.applyAsInt(letter))
        .filter(each -> Math.abs(each.centreY() - letter.centreY()) < letter.height() / 2.0)
        .filter(
            each ->
                each.height() >= LEAST_HEIGHT * letter.height()
                    && each.height() <= letter.height() / LEAST_HEIGHT)
        .sorted(Comparator.comparingInt(from))
        .toList();
  }
}
