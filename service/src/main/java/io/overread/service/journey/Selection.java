package io.overread.service.journey;

import java.util.ArrayList;
import java.util.List;

/**
 * What the model gets of a study, and what not.
 *
 * @param frames the first is the one that findings point to
 * @param leftOut the rest, with the reasons
 */
record Selection(List<SelectedFrame> frames, List<LeftOut> leftOut) {

  /** Keeps its own copies. */
  Selection {
    frames = List.copyOf(frames);
    leftOut = List.copyOf(leftOut);
  }

  /** A selection while it is made. */
  static final class Draft {
    private final int most;
    private final List<SelectedFrame> frames = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();

    Draft(int most) {
      this.most = most;
    }

    boolean isFull() {
      return frames.size() >= most;
    }

    boolean isEmpty() {
      return frames.isEmpty();
    }

    /** How many more the model takes. */
    int room() {
      return most - frames.size();
    }

    void take(SelectedFrame frame) {
      frames.add(frame);
    }

    void leave(String seriesInstanceUid, int images, String reason) {
      if (images > 0) {
        leftOut.add(new LeftOut(seriesInstanceUid, images, reason));
      }
    }

    /** For want of room. */
    void leaveRest(String seriesInstanceUid, int images) {
      leave(
          seriesInstanceUid,
          images,
          most == 1 ? "the model takes one image" : "the model takes " + most + " images");
    }

    Selection done() {
      return new Selection(frames, leftOut);
    }
  }
}
