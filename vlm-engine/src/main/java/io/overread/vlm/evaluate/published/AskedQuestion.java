package io.overread.vlm.evaluate.published;

import java.nio.file.Path;
import java.util.List;

/**
 * A question about images, with its answer.
 *
 * @param origin where it comes from and whom it is about
 * @param images at least one, in the order in which the model sees them
 * @param words put to the model, the choices included
 * @param truth what is right
 * @param type what kind of question its source says that it is; may be empty
 */
public record AskedQuestion(
    Origin origin, List<Path> images, String words, Truth truth, String type) {

  /** Keeps its own copy; refuses a question without an image. */
  public AskedQuestion {
    images = List.copyOf(images);
    if (images.isEmpty()) {
      throw new IllegalArgumentException("the question " + origin.id() + " has no image");
    }
  }
}
