package io.overread.vlm.finding;

/**
 * Where on an image a finding is seen.
 *
 * @param box around it
 * @param method how that was found out
 */
public record LocatedFinding(FindingRegion.Box box, Method method) {

  /** By what means a finding was located, the most direct one first. */
  public enum Method {
    /** A map of the model's own. */
    MAP,
    /** A box that the model wrote when it was asked where the finding is. */
    BOX,
    /** The part of the image whose covering lowers the finding's odds most. */
    OCCLUSION
  }
}
