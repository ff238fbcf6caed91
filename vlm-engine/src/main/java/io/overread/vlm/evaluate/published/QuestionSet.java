package io.overread.vlm.evaluate.published;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Questions of one set.
 *
 * @param name the set's, for people
 * @param questions at least one, no id twice
 * @param note what was left out and why; may be empty
 */
public record QuestionSet(String name, List<AskedQuestion> questions, String note) {

  /** Keeps its own copy; refuses an empty set, an id that is there twice and an absent image. */
  public QuestionSet {
    questions = List.copyOf(questions);
    if (questions.isEmpty()) {
      throw new IllegalArgumentException(name + ": there are no questions of this part of it");
    }
    Set<String> ids = new HashSet<>();
    for (AskedQuestion question : questions) {
      if (!ids.add(question.origin().id())) {
        throw new IllegalArgumentException(
            name + ": the id " + question.origin().id() + " is there twice");
      }
      for (Path image : question.images()) {
        if (!Files.isRegularFile(image)) {
          throw new IllegalArgumentException(
              name + ": the image of " + question.origin().id() + " is missing: " + image);
        }
      }
    }
  }

  /**
   * SHA-256 over all questions with their answers and the names and sizes of their images, hex: by
   * it a run that goes on knows that it goes on with the same set.
   */
  public String digest() {
    MessageDigest sha256 = Digests.sha256();
    try {
      for (AskedQuestion question : questions) {
        add(sha256, question.origin().id());
        add(sha256, question.words());
        add(sha256, question.truth().toString());
        for (Path image : question.images()) {
          add(sha256, String.valueOf(image.getFileName()));
          add(sha256, Long.toString(Files.size(image)));
        }
      }
      return Digests.hex(sha256);
    } catch (IOException e) {
      throw new UncheckedIOException("an image can't be read: " + e.getMessage(), e);
    }
  }

  private static void add(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }
}
