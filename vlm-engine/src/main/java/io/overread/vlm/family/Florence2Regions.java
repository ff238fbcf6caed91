package io.overread.vlm.family;

import io.overread.vlm.region.RegionCollector;
import io.overread.vlm.region.RegionText;
import io.overread.vlm.region.WrittenRegion.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Regions in Florence-2's answers as {@code Florence2PostProcessor} of {@code transformers} reads
 * them: a name and then places {@code <loc_0>}..{@code <loc_999>}, which are the middles of a
 * thousandth of the width or height, four for a box (left, top, right, bottom), pairs for an
 * outline. What the task asked for says which.
 */
final class Florence2Regions {

  private static final double BINS = 1000;
  private static final int LEAST_MARKS = 4;
  private static final int CORNERS = 4;
  private static final String PLACE = "<loc_";
  private static final String SEPARATOR = "<sep>";
  private static final String OPEN = "<poly>";
  private static final String CLOSE = "</poly>";
  private static final List<String> ENDS = List.of("<s>", "</s>", "<pad>");

  /** How the answer to a task is written. */
  enum Form {
    /** A name, then one box or several. */
    NAMED_BOXES,
    /** The same of phrases; some words of a caption are nothing to be outlined. */
    PHRASES,
    /** Boxes without names. */
    BOXES,
    /** Outlines without names. */
    OUTLINES,
    /** A name, then boxes or, where there is a mark of one, outlines. */
    EITHER,
    /** Lines of lettering, each with the four corners around it. */
    LETTERING
  }

  private final Set<String> unnamed;

  /** With the words that are no phrase to be outlined. */
  Florence2Regions(Set<String> unnamed) {
    this.unnamed = Set.copyOf(unnamed);
  }

  /** The answer read; empty where it holds no place. */
  Optional<RegionText> read(Form form, String written) {
    if (!written.contains(PLACE)) {
      return Optional.empty();
    }
    String text = written;
    for (String end : ENDS) {
      text = text.replace(end, "");
    }
    RegionCollector collector = new RegionCollector();
    switch (form) {
      case NAMED_BOXES -> boxes(text, true, Set.of(), collector);
      case PHRASES -> boxes(text, true, unnamed, collector);
      case BOXES -> boxes(text, false, Set.of(), collector);
      case OUTLINES -> outlines(text, false, collector);
      case EITHER -> {
        if (text.contains(OPEN)) {
          outlines(text, true, collector);
        } else {
          boxes(text, true, Set.of(), collector);
        }
      }
      case LETTERING -> lettering(text, collector);
    }
    return Optional.of(new RegionText(words(text), collector.regions()));
  }

  private static void boxes(
      String text, boolean named, Set<String> unnamed, RegionCollector collector) {
    int at = 0;
    while (at < text.length()) {
      int marks = named ? text.indexOf('<', at) : at;
      if (marks < 0) {
        return;
      }
      List<Integer> bins = new ArrayList<>();
      int end = places(text, marks, bins);
      if (bins.size() >= LEAST_MARKS && (marks > at || !named)) {
        String name = text.substring(at, marks).stripLeading();
        if (name.indexOf('\n') < 0 && !unnamed.contains(name.strip())) {
          addBoxes(ascii(name.strip()), bins, collector);
        }
      }
      at = Math.max(end, marks + 1);
    }
  }

  private static void addBoxes(String name, List<Integer> bins, RegionCollector collector) {
    for (int i = 0; i + CORNERS <= bins.size(); i += CORNERS) {
      collector.box(
          name,
          place(bins.get(i)),
          place(bins.get(i + 1)),
          place(bins.get(i + 2)),
          place(bins.get(i + 3)));
    }
  }

  private static void outlines(String text, boolean named, RegionCollector collector) {
    int at = 0;
    while (at < text.length()) {
      int marks = named ? text.indexOf('<', at) : at;
      if (marks < 0) {
        return;
      }
      int count = 0;
      int end = marks;
      for (int next = markEnd(text, end); next > end; next = markEnd(text, end)) {
        end = next;
        count++;
      }
      if (count >= LEAST_MARKS && (marks > at || !named)) {
        phrase(text.substring(at, end), collector);
      }
      at = Math.max(end, marks + 1);
    }
  }

  /** A name, or none, and the marks of its outlines. */
  private static void phrase(String phrase, RegionCollector collector) {
    int first = markEnd(phrase, 0);
    String behind = phrase.startsWith(PLACE) ? phrase.substring(first) : phrase;
    int place = behind.indexOf(PLACE);
    int open = behind.indexOf(OPEN);
    int nameEnd = place < 0 ? open : open < 0 ? place : Math.min(place, open);
    if (nameEnd < 0 || behind.substring(0, nameEnd).stripLeading().indexOf('\n') >= 0) {
      return;
    }
    String name = behind.substring(0, nameEnd).strip();
    if (!phrase.contains(OPEN) || !phrase.contains(CLOSE)) {
      addOutlines(name, phrase, collector);
      return;
    }
    int from = phrase.indexOf(OPEN);
    while (from >= 0) {
      int to = phrase.indexOf(CLOSE, from + OPEN.length());
      if (to < 0) {
        return;
      }
      addOutlines(name, phrase.substring(from + OPEN.length(), to), collector);
      from = phrase.indexOf(OPEN, to + CLOSE.length());
    }
  }

  /** Places up to a separator or the end are one outline. */
  private static void addOutlines(String name, String marks, RegionCollector collector) {
    int at = marks.indexOf(PLACE);
    while (at >= 0) {
      List<Integer> bins = new ArrayList<>();
      int end = places(marks, at, bins);
      if (end == marks.length() || marks.startsWith(SEPARATOR, end)) {
        collector.outline(name, points(bins));
      }
      at = marks.indexOf(PLACE, Math.max(end, at + 1));
    }
  }

  private static List<Point> points(List<Integer> bins) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i + 1 < bins.size(); i += 2) {
      points.add(new Point(place(bins.get(i)), place(bins.get(i + 1))));
    }
    return points;
  }

  private static void lettering(String text, RegionCollector collector) {
    for (String line : text.split("\n", -1)) {
      int start = 0;
      int at = line.indexOf(PLACE, 1);
      while (at >= 0) {
        List<Integer> bins = new ArrayList<>();
        places(line, at, bins);
        if (bins.size() >= 2 * CORNERS) {
          collector.outline(line.substring(start, at).strip(), points(bins.subList(0, 8)));
          for (int i = 0; i < 2 * CORNERS; i++) {
            at = markEnd(line, at);
          }
          start = at;
        }
        at = line.indexOf(PLACE, at + 1);
      }
    }
  }

  /** Reads places that follow one another from an index on; where they end. */
  private static int places(String text, int from, List<Integer> bins) {
    int at = from;
    while (text.startsWith(PLACE, at)) {
      int end = markEnd(text, at);
      if (end == at) {
        break;
      }
      String digits = text.substring(at + PLACE.length(), end - 1);
      bins.add(digits.length() > 4 ? Integer.MAX_VALUE : Integer.parseInt(digits));
      at = end;
    }
    return at;
  }

  /** Behind the mark that starts at an index; the index itself where none does. */
  private static int markEnd(String text, int at) {
    for (String mark : List.of(SEPARATOR, OPEN, CLOSE)) {
      if (text.startsWith(mark, at)) {
        return at + mark.length();
      }
    }
    if (!text.startsWith(PLACE, at)) {
      return at;
    }
    int end = at + PLACE.length();
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    boolean closed = end > at + PLACE.length() && end < text.length() && text.charAt(end) == '>';
    return closed ? end + 1 : at;
  }

  private static double place(int bin) {
    return (bin + 0.5) / BINS;
  }

  /** As the reference does; the family writes English. */
  private static String ascii(String text) {
    StringBuilder ascii = new StringBuilder();
    text.codePoints().filter(each -> each < 128).forEach(ascii::appendCodePoint);
    return ascii.toString();
  }

  /** What stands between the marks. */
  private static String words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int end = markEnd(text, at);
      if (end > at) {
        words.add(word.toString().strip());
        word.setLength(0);
        at = end;
      } else {
        word.append(text.charAt(at++));
      }
    }
    words.add(word.toString().strip());
    return String.join("; ", words.stream().filter(each -> !each.isEmpty()).toList());
  }
}
