package io.overread.vlm.evaluate;

import io.overread.vlm.evaluate.published.PublishedFormat;
import java.nio.file.Path;

/**
 * Which questions to ask.
 *
 * @param base folder, model and part; a reference is not compared with
 * @param format the files' format
 * @param shelf where images are unpacked that lie within other files
 * @param baselines whether every question is asked of a black image and of another question's image
 *     too, which takes three times as long
 * @param instruction put behind each question, such as to answer in one word; may be empty
 */
public record QuestionSettings(
    EvaluationSettings base,
    PublishedFormat format,
    Path shelf,
    boolean baselines,
    String instruction) {}
