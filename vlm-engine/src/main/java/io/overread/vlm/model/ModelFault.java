package io.overread.vlm.model;

/**
 * One thing that is wrong with a model's folder.
 *
 * @param subject the file, or {@code file: tensor}
 * @param problem what is wrong with it
 */
public record ModelFault(String subject, String problem) {

  @Override
  public String toString() {
    return subject + ": " + problem;
  }
}
