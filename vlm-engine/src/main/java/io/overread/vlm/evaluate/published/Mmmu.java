package io.overread.vlm.evaluate.published;

import dev.hardwood.reader.RowReader;
import io.overread.vlm.evaluate.published.Truth.Rule;
import io.overread.vlm.evaluate.text.StatedNumber;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * MMMU (Yue et al., 2024) as on the hub: a row has {@code id}, {@code question} with {@code <image
 * 1>} where an image belongs, {@code options} as a Python list, {@code image_1} to {@code image_7},
 * {@code answer} (a letter of a multiple-choice question) and {@code question_type}. Files that
 * start with {@code validation} are measured on, those that start with {@code dev} are for
 * learning; the answers of {@code test} are not published.
 */
final class Mmmu implements QuestionReader {

  private static final int MOST_IMAGES = 7;
  private static final Pattern IMAGE = Pattern.compile("<image (\\d)>");
  private static final Set<String> COLUMNS =
      Set.of("id", "question", "options", "answer", "question_type", "image_1");

  @Override
  public boolean recognises(Path folder) {
    return !Parquet.files(folder, COLUMNS).isEmpty();
  }

  @Override
  public QuestionSet read(Folder folder, Part part, Shelf shelf) {
    List<AskedQuestion> questions = new ArrayList<>();
    for (Path file : Parquet.files(folder.root(), COLUMNS)) {
      String name = String.valueOf(file.getFileName());
      boolean wanted =
          switch (part) {
            case DEV -> name.startsWith("validation");
            case TRAIN -> name.startsWith("dev");
            case ALL -> !name.startsWith("test");
          };
      if (wanted) {
        Parquet.forEach(file, row -> questions.add(question(row, shelf)));
      }
    }
    return new QuestionSet("MMMU", questions, "");
  }

  private static AskedQuestion question(RowReader row, Shelf shelf) {
    String id = Parquet.text(row, "id");
    List<Path> images = new ArrayList<>();
    for (int number = 1; number <= MOST_IMAGES; number++) {
      Path image = Parquet.image(row, "image_" + number, shelf);
      if (image != null) {
        images.add(image);
      }
    }
    List<String> options =
        PythonList.of(Parquet.text(row, "options")).stream().map(Mmmu::placed).toList();
    String asked = placed(Parquet.text(row, "question"));
    boolean choice = Parquet.text(row, "question_type").equals("multiple-choice");
    return new AskedQuestion(
        Origin.of(id, id),
        images,
        choice ? Lettered.words(asked, options) : asked,
        choice
            ? Truth.choice(place(Parquet.text(row, "answer"), options), options)
            : open(Parquet.text(row, "answer")),
        subject(id));
  }

  /** Our prompts show all images first; a question says which of them it means. */
  private static String placed(String text) {
    return IMAGE.matcher(text).replaceAll("(image $1)");
  }

  private static int place(String letter, List<String> options) {
    int place = letter.length() == 1 ? letter.charAt(0) - 'A' : -1;
    if (place < 0 || place >= options.size()) {
      throw new IllegalArgumentException("the answer " + letter + " is none of the options");
    }
    return place;
  }

  /** Of an open question the answer may be a list; a number counts to two decimals. */
  private static Truth open(String answer) {
    List<String> answers = answer.startsWith("[") ? PythonList.of(answer) : List.of(answer);
    boolean number =
        answers.size() == 1
            && answer.matches("-?[\\d,.]+")
            && StatedNumber.last(answer).isPresent();
    return new Truth(
        number ? Rule.NUMBER : Rule.CONTAINED, answers, List.of(), number ? 2 : 0, false);
  }

  /** {@code validation_Accounting_1} is of Accounting. */
  private static String subject(String id) {
    return id.replaceFirst("^[a-z]+_", "").replaceFirst("_\\d+$", "").replace('_', ' ');
  }
}
