package io.overread.vlm;

import io.overread.vlm.decoding.Decoding;
import io.overread.vlm.failure.PromptTooLongException;
import io.overread.vlm.model.Calibration;
import io.overread.vlm.model.ModelIdentity;
import io.overread.vlm.model.StatedLimits;
import io.overread.vlm.region.RegionText;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;

/**
 * Images and text in, text and scores out, wherever the model runs: {@link OnnxModel} runs it here.
 * Immutable and shared: what belongs to one study is an {@link EncodedStudy}, what belongs to one
 * question lives in the call. Safe for many threads.
 */
public interface VisionLanguageModel extends AutoCloseable {

  /** Which model it is. */
  ModelIdentity identity();

  /** Where it runs: the name of an {@code ExecutionProvider}, or a host. */
  String runsOn();

  /** From log odds to probabilities. */
  Calibration calibration();

  /** What it can't do, and from where on it is not to be believed. */
  default StatedLimits limits() {
    return StatedLimits.UNSTATED;
  }

  /** Ids of the findings that it can point at, see {@link EncodedStudy#region(String)}. */
  List<String> mappedFindings();

  /** What {@link #describe} asks. */
  String reportPrompt();

  /** What it says when it cannot tell; empty of a model without such words. */
  Optional<String> refusalText();

  /** How many images of a study it shall be shown, at least 1. */
  int imageBudget();

  /** The most memory that one answer's cache may take here, in bytes; 0 where it runs elsewhere. */
  default long answerBytes() {
    return 0;
  }

  /** Encodes a study's images, in the order in which the model shall see them; at least one. */
  EncodedStudy encode(List<BufferedImage> images);

  /**
   * Answers a question about a study.
   *
   * @throws PromptTooLongException if the question leaves no room for an answer
   * @throws IllegalStateException if the study is closed
   */
  Answer answer(
      EncodedStudy study,
      String question,
      Decoding decoding,
      TokenListener listener,
      Cancellation cancellation);

  /** Writes the report's text, as {@link #answer} does for {@link #reportPrompt()}. */
  default Answer describe(
      EncodedStudy study, Decoding decoding, TokenListener listener, Cancellation cancellation) {
    return answer(study, reportPrompt(), decoding, listener, cancellation);
  }

  /** Scores yes/no questions; in the order of the questions. */
  List<AnswerScore> score(EncodedStudy study, List<String> questions);

  /**
   * How it is asked by {@link #answer} where something is, so that {@link #regions} can be read of
   * the answer; empty of a model that writes none.
   *
   * @param thing such as "pleural effusion"
   */
  default Optional<String> groundingQuestion(String thing) {
    return Optional.empty();
  }

  /**
   * An answer that it wrote, without the marks of regions, and the regions of the study's image
   * that stood in it.
   *
   * @param question what was asked
   */
  default RegionText regions(EncodedStudy study, String question, Answer answer) {
    return RegionText.plain(answer.text());
  }

  /**
   * How much an answer that it wrote owes to the image; empty of an answer without tokens and of a
   * model that can't be asked, which says nothing of the answer.
   *
   * @param question what was asked, {@link #reportPrompt()} for a report
   */
  default Optional<ImageDependence> imageDependence(String question, Answer answer) {
    return Optional.empty();
  }

  /**
   * A text as if the model had written it as its answer, with the log-probabilities that its tokens
   * have; empty of a text without tokens and of a model that can't be asked.
   */
  default Optional<Answer> asIfWritten(EncodedStudy study, String question, String text) {
    return Optional.empty();
  }

  /**
   * Scores yes/no questions without an image, in the order of the questions; empty of a model that
   * can't be asked.
   */
  default Optional<List<AnswerScore>> scoreWithoutImage(List<String> questions) {
    return Optional.empty();
  }

  /** Frees what the model holds; studies must be closed and questions ended before. */
  @Override
  void close();
}
