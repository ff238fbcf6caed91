package io.overread.gateway.dicomweb.retrieve;

import io.overread.gateway.dicomweb.DicomwebProblem;
import java.util.ArrayList;
import java.util.List;

/** The frame numbers of a request's path, from 1, in the order in which they are wanted. */
final class FrameList {

  private static final int MOST = 10_000;

  private FrameList() {}

  static List<Integer> parse(String text) {
    List<Integer> frames = new ArrayList<>();
    for (String number : text.split(",", -1)) {
      if (!number.matches("[1-9][0-9]{0,8}") || frames.size() >= MOST) {
        throw DicomwebProblem.badRequest("Frames are numbers from 1, separated by commas.");
      }
      frames.add(Integer.valueOf(number));
    }
    return frames;
  }
}
