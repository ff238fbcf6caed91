package io.overread.vlm.family;

import io.overread.vlm.region.RegionCollector;
import io.overread.vlm.region.RegionText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Boxes in PaliGemma's answers to {@code detect x} and {@code segment x}: four places {@code
 * <loc0000>}..{@code <loc1023>} in 1024ths of the height or width (top, left, bottom, right), the
 * name behind them, the next one after a semicolon. The codes of a mask ({@code <seg000>}) need a
 * decoder that no export has; its box stands before them.
 */
final class PaliGemmaRegions {

  private static final double BINS = 1024;
  private static final int CORNERS = 4;
  private static final int DIGITS = 4;
  private static final String PLACE = "<loc";
  private static final Pattern MARKS = Pattern.compile("<loc\\d{4}>|<seg\\d{3}>");
  private static final Pattern GAPS = Pattern.compile("\\s*;\\s*(?:;\\s*)*+");

  private PaliGemmaRegions() {}

  /** The answer read; empty where it holds no place. */
  static Optional<RegionText> read(String written) {
    if (!MARKS.matcher(written).find()) {
      return Optional.empty();
    }
    RegionCollector collector = new RegionCollector();
    int at = written.indexOf(PLACE);
    while (at >= 0) {
      List<Integer> bins = new ArrayList<>();
      int end = at;
      for (int bin = bin(written, end); bin >= 0; bin = bin(written, end)) {
        bins.add(bin);
        end += PLACE.length() + DIGITS + 1;
      }
      String name = name(written, end);
      for (int i = 0; i + CORNERS <= bins.size(); i += CORNERS) {
        collector.box(
            name,
            bins.get(i + 1) / BINS,
            bins.get(i) / BINS,
            bins.get(i + 3) / BINS,
            bins.get(i + 2) / BINS);
      }
      at = written.indexOf(PLACE, Math.max(end, at + 1));
    }
    String words = GAPS.matcher(MARKS.matcher(written).replaceAll("")).replaceAll("; ");
    return Optional.of(new RegionText(trimmed(words), collector.regions()));
  }

  /** The number of the place at an index, -1 where none is. */
  private static int bin(String text, int at) {
    int end = at + PLACE.length() + DIGITS;
    if (!text.startsWith(PLACE, at) || end >= text.length() || text.charAt(end) != '>') {
      return -1;
    }
    int bin = 0;
    for (int i = at + PLACE.length(); i < end; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      bin = bin * 10 + digit;
    }
    return bin;
  }

  /** What follows, up to a semicolon or the next place. */
  private static String name(String text, int from) {
    int start = from;
    while (text.startsWith("<seg", start) && text.indexOf('>', start) > 0) {
      start = text.indexOf('>', start) + 1;
    }
    int end = start;
    while (end < text.length() && ";<>".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return text.substring(start, end).strip();
  }

  private static String trimmed(String words) {
    String text = words.strip();
    text = text.startsWith(";") ? text.substring(1).strip() : text;
    return text.endsWith(";") ? text.substring(0, text.length() - 1).strip() : text;
  }
}
