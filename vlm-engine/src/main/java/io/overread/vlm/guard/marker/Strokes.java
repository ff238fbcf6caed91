package io.overread.vlm.guard.marker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Letters and digits as strokes in a unit square, y downwards. Java draws text only where the
 * system has fonts, and a server often has none.
 *
 * <p>Strokes are parted by {@code |}; a stroke is points {@code x,y} or an arc {@code @cx,cy,rx,ry,
 * from,to} in degrees, clockwise from three o'clock.
 */
final class Strokes {

  private static final int ARC_POINTS = 10;

  /** A character may have several shapes: how its leg starts, how round it is. */
  private static final String[] SHAPES = {
    "R 0,1 0,0 .6,0|@.6,.26,.4,.26,-90,90|.6,.52 0,.52|.5,.52 1,1",
    "R 0,1 0,0 .6,0|@.6,.28,.4,.28,-90,90|.6,.56 0,.56|.2,.56 1,1",
    "R 0,1 0,0 .8,0 1,.15 1,.4 .8,.54 0,.54|.55,.54 1,1",
    "R 0,1 0,0 .6,0|@.6,.26,.38,.26,-90,90|.6,.52 0,.52|.6,.52 .9,.7 .95,1",
    "L 0,0 0,1 1,1",
    "A 0,1 .5,0 1,1|.2,.62 .8,.62",
    "B 0,0 0,1 .6,1|0,0 .55,0|@.55,.24,.38,.24,-90,90|.55,.48 0,.48|@.6,.74,.4,.26,-90,90",
    "C @.55,.5,.55,.5,50,310",
    "D 0,0 0,1 .4,1|0,0 .4,0|@.4,.5,.6,.5,-90,90",
    "E 1,0 0,0 0,1 1,1|0,.5 .8,.5",
    "F 1,0 0,0 0,1|0,.5 .8,.5",
    "G @.55,.5,.55,.5,20,310|1,.65 1,.52 .6,.52",
    "H 0,0 0,1|1,0 1,1|0,.5 1,.5",
    "I 0,0 0,1",
    "J 1,0 1,.7|@.5,.7,.5,.3,0,170",
    "K 0,0 0,1|1,0 0,.6|.3,.42 1,1",
    "M 0,1 0,0 .5,.8 1,0 1,1",
    "N 0,1 0,0 1,1 1,0",
    "O @.5,.5,.5,.5,0,360",
    "P 0,1 0,0 .6,0|@.6,.28,.4,.28,-90,90|.6,.56 0,.56",
    "Q @.5,.5,.5,.5,0,360|.6,.7 1,1",
    "S @.5,.25,.5,.25,90,330|@.5,.75,.5,.25,-90,150",
    "T 0,0 1,0|.5,0 .5,1",
    "U 0,0 0,.65|@.5,.65,.5,.35,0,180|1,.65 1,0",
    "V 0,0 .5,1 1,0",
    "W 0,0 .25,1 .5,.2 .75,1 1,0",
    "X 0,0 1,1|1,0 0,1",
    "Y 0,0 .5,.5 1,0|.5,.5 .5,1",
    "Z 0,0 1,0 0,1 1,1",
    "1 .2,.2 .6,0 .6,1",
    "1 .2,.2 .5,0 .5,1|0,1 1,1",
    "2 @.5,.3,.5,.3,180,380|.95,.4 0,1 1,1",
    "3 @.5,.25,.5,.25,200,450|@.5,.75,.5,.25,-90,160",
    "4 .75,1 .75,0 0,.7 1,.7",
    "5 1,0 .1,0 .05,.45|@.5,.68,.5,.32,-110,150",
    "6 @.5,.68,.5,.32,0,360|.8,0 .2,.3 .02,.65",
    "7 0,0 1,0 .35,1",
    "8 @.5,.25,.4,.25,0,360|@.5,.75,.5,.25,0,360",
    "9 @.5,.32,.5,.32,0,360|.98,.35 .8,.7 .2,1"
  };

  private Strokes() {}

  /** Every shape of every character: strokes of points, x and y in turn. */
  static Map<Character, List<List<double[]>>> all() {
    Map<Character, List<List<double[]>>> all = new TreeMap<>();
    for (String shape : SHAPES) {
      List<double[]> strokes = new ArrayList<>();
      for (String stroke : shape.substring(2).split("\\|", -1)) {
        strokes.add(stroke.startsWith("@") ? arc(stroke.substring(1)) : points(stroke));
      }
      all.computeIfAbsent(shape.charAt(0), _ -> new ArrayList<>()).add(strokes);
    }
    return all;
  }

  private static double[] points(String stroke) {
    return numbers(stroke.replace(' ', ','));
  }

  private static double[] arc(String text) {
    double[] arc = numbers(text);
    double[] points = new double[2 * (ARC_POINTS + 1)];
    for (int i = 0; i <= ARC_POINTS; i++) {
      double angle = Math.toRadians(arc[4] + (arc[5] - arc[4]) * i / ARC_POINTS);
      points[2 * i] = arc[0] + arc[2] * Math.cos(angle);
      points[2 * i + 1] = arc[1] + arc[3] * Math.sin(angle);
    }
    return points;
  }

  private static double[] numbers(String text) {
    String[] parts = text.split(",", -1);
    double[] numbers = new double[parts.length];
    for (int i = 0; i < parts.length; i++) {
      numbers[i] = Double.parseDouble(parts[i].strip());
    }
    return numbers;
  }
}
