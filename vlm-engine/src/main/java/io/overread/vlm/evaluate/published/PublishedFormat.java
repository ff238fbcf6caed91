package io.overread.vlm.evaluate.published;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The question sets whose published files are understood, and our own JSON Lines. */
public enum PublishedFormat {
  /** {@code VQA_RAD Dataset Public.json} beside {@code VQA_RAD Image Folder}. */
  VQA_RAD("vqa-rad", new VqaRad()),
  /** {@code train.json}, {@code validate.json}, {@code test.json} beside {@code imgs}. */
  SLAKE("slake", new Slake()),
  /** {@code qas/PART/PART_qa.pkl} beside {@code images/PART}, or the hub's Parquet files. */
  PATH_VQA("pathvqa", new PathVqa()),
  /** {@code v2_..._questions.json} and {@code v2_..._annotations.json} beside COCO's folders. */
  VQA_V2("vqav2", new VqaV2()),
  /** {@code OCRBench.json} beside {@code OCRBench_Images}. */
  OCR_BENCH("ocrbench", new OcrBench()),
  /** The hub's Parquet files, one folder a subject. */
  MMMU("mmmu", new Mmmu()),
  /** {@code testmini.json} beside {@code images}. */
  MATH_VISTA("mathvista", new MathVista()),
  /** {@code questions.jsonl}. */
  JSON_LINES("jsonl", new OwnLines());

  private final String word;
  private final QuestionReader reader;

  PublishedFormat(String word, QuestionReader reader) {
    this.word = word;
    this.reader = reader;
  }

  /** The word on the command line. */
  public String word() {
    return word;
  }

  /** The one with this word. */
  public static Optional<PublishedFormat> named(String word) {
    return Arrays.stream(values()).filter(format -> format.word.equals(word)).findFirst();
  }

  /** Those whose files a folder has; normally one. */
  public static List<PublishedFormat> in(Path folder) {
    return Arrays.stream(values()).filter(format -> format.reader.recognises(folder)).toList();
  }

  /**
   * Reads the questions of a part.
   *
   * @param shelf where images are unpacked that lie within other files; made when needed
   * @throws IllegalArgumentException saying what is wrong with the files
   */
  public QuestionSet read(Path folder, Part part, Path shelf) {
    return reader.read(new Folder(folder.toAbsolutePath().normalize()), part, new Shelf(shelf));
  }
}
