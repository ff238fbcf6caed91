package io.overread.vlm.evaluate.published;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * PathVQA (He et al., 2020): {@code qas/test/test_qa.pkl}, a pickled list of {@code image}, {@code
 * question} and {@code answer}, beside {@code images/test/IMAGE.jpg}; or the hub's Parquet files
 * with the same three columns. Yes/no questions are the closed ones.
 */
final class PathVqa implements QuestionReader {

  private static final String ENDING = "_qa.pkl";
  private static final Set<String> COLUMNS = Set.of("image", "question", "answer");

  @Override
  public boolean recognises(Path folder) {
    return !Folder.endingWith(folder, ENDING).isEmpty()
        || Parquet.files(folder, COLUMNS).stream()
            .findFirst()
            .filter(file -> Parquet.columns(file).equals(COLUMNS))
            .isPresent();
  }

  @Override
  public QuestionSet read(Folder folder, Part part, Shelf shelf) {
    List<AskedQuestion> questions = new ArrayList<>();
    for (Path file : Folder.endingWith(folder.root(), ENDING)) {
      String name = String.valueOf(file.getFileName());
      if (isOf(part, name)) {
        addPickled(file, name.replace(ENDING, ""), folder, questions);
      }
    }
    for (Path file : Parquet.files(folder.root(), COLUMNS)) {
      String name = String.valueOf(file.getFileName());
      if (isOf(part, name)) {
        addRows(file, name, shelf, questions);
      }
    }
    return new QuestionSet("PathVQA", questions, "");
  }

  private static boolean isOf(Part part, String file) {
    return switch (part) {
      case ALL -> true;
      case TRAIN -> file.startsWith("train");
      case DEV -> file.startsWith("test");
    };
  }

  private static void addPickled(
      Path file, String part, Folder folder, List<AskedQuestion> questions) {
    int number = 0;
    for (Object entry : PlainPickle.list(file)) {
      if (!(entry instanceof Map<?, ?> fields)) {
        throw new IllegalArgumentException(file + ": an entry is no dictionary");
      }
      String image = text(file, fields.get("image"));
      questions.add(
          question(
              part + "-" + number++,
              image,
              folder.file("images", part, image + ".jpg"),
              text(file, fields.get("question")),
              text(file, fields.get("answer"))));
    }
  }

  private static String text(Path file, @Nullable Object value) {
    if (!(value instanceof String || value instanceof Integer)) {
      throw new IllegalArgumentException(file + ": an entry lacks image, question or answer");
    }
    return value.toString().strip();
  }

  private static void addRows(Path file, String name, Shelf shelf, List<AskedQuestion> questions) {
    Parquet.forEach(
        file,
        row -> {
          Path image = Parquet.image(row, "image", shelf);
          if (image == null) {
            throw new IllegalArgumentException("a row lacks image");
          }
          questions.add(
              question(
                  name + "-" + questions.size(),
                  String.valueOf(image.getFileName()),
                  image,
                  Parquet.text(row, "question"),
                  Parquet.text(row, "answer")));
        });
  }

  private static AskedQuestion question(
      String id, String group, Path image, String question, String answer) {
    boolean closed = answer.equalsIgnoreCase("yes") || answer.equalsIgnoreCase("no");
    return new AskedQuestion(
        Origin.of(id, group),
        List.of(image),
        question,
        Truth.words(answer, closed),
        closed ? "yes/no" : "open");
  }
}
