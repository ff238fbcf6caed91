package io.overread.vlm.family;

import io.overread.vlm.failure.ModelFormatException;
import io.overread.vlm.image.ImagePreprocessor;
import io.overread.vlm.image.RgbImage;
import io.overread.vlm.image.TargetSize;
import io.overread.vlm.model.ModelFolder;
import io.overread.vlm.onnx.TokenSequence;
import io.overread.vlm.region.RegionText;
import io.overread.vlm.region.WrittenRegion;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What depends on the family of a model, as most have it: one picture is one tensor, every row of
 * its features takes the place of one image token, positions count from 0, attention is causal. A
 * family overrides what it does otherwise. Immutable; safe for many threads.
 */
public class ModelFamily {

  private final ModelFolder folder;
  private final @Nullable String startToken;

  /** Reads of the folder what the family needs. */
  protected ModelFamily(ModelFolder folder) {
    this.folder = folder;
    this.startToken = folder.startToken();
  }

  /** The family's name, for people. */
  public String name() {
    return "no family that is known (" + folder.config().modelType() + "), read as LLaVA is";
  }

  /** Whether the engine knows the family, or only guesses. */
  public boolean known() {
    return false;
  }

  /** The folder that was read. */
  protected final ModelFolder folder() {
    return folder;
  }

  // ---- pictures

  /** One picture as the vision encoder reads it. */
  public PreparedImage prepare(RgbImage image) {
    ImagePreprocessor preprocessor = preprocessor();
    return PreparedImage.whole(preprocessor.normalisation().apply(preprocessor.arrange(image)));
  }

  /** What {@code preprocessor_config.json} asks for. */
  protected final ImagePreprocessor preprocessor() {
    return folder.preprocessor();
  }

  /** The size that every picture is encoded at; null where it depends on the picture. */
  public TargetSize.@Nullable Exact fixedSize() {
    return preprocessor().fixedSize();
  }

  /** Whether relative places on what is encoded are those of the picture as it came. */
  public boolean keepsRelativePlaces() {
    return preprocessor().keepsRelativePlaces();
  }

  /** Inputs that {@link #prepare} fills beside {@code pixel_values}. */
  public Set<String> visionInputs() {
    return Set.of();
  }

  /** The vision encoder's output that is a picture's features. */
  public String featuresOutput() {
    return "image_features";
  }

  /** Outputs of the vision encoder that {@link #sequence} reads beside the features. */
  public Set<String> visionOutputs() {
    return Set.of();
  }

  /** Where a place on what is encoded lies on the picture as it came, of the size given. */
  public WrittenRegion.Point onPicture(WrittenRegion.Point place, TargetSize.Exact picture) {
    ImagePreprocessor.Point found =
        preprocessor().onPicture(new ImagePreprocessor.Point(place.x(), place.y()), picture);
    return new WrittenRegion.Point(found.x(), found.y());
  }

  // ---- prompts

  /** The token that stands for a row of features. */
  public int imageToken() {
    return folder.config().imageToken();
  }

  /** The most tokens that an image takes, -1 if not known. */
  public int mostImageTokens() {
    return folder.config().imageSequenceLength();
  }

  /**
   * Whether features take the place of the image tokens' embeddings; else each image is a token.
   */
  public boolean mergesFeatures() {
    return true;
  }

  /** The chat template where the folder has none; null of a family whose folders have one. */
  public @Nullable String template() {
    return null;
  }

  /** How an image, counted from 0, is written where the template wants a message as one string. */
  public String placeholder(int image) {
    return "<image>\n";
  }

  /** The rendered prompt with all that the family writes around and for an image. */
  protected String expanded(String prompt, List<ImageLayout> images) {
    return prompt;
  }

  /** Token ids of a rendered prompt, with an image token for each of the images' tokens. */
  public int[] encode(String prompt, List<ImageLayout> images, TextEncoder tokens) {
    return repeated(tokenised(expanded(prompt, images), tokens), images);
  }

  /** Whether a prompt rendered for one image holds it: templates do not say how they want it. */
  public boolean holdsImage(String prompt, TextEncoder tokens) {
    return count(tokenised(expanded(prompt, List.of(new ImageLayout(1, 0, 0))), tokens)) > 0;
  }

  /** How much of a prompt every question about its images shares: up to the last image token. */
  public int sharedLength(int[] prompt) {
    int length = prompt.length;
    while (length > 0 && prompt[length - 1] != imageToken()) {
      length--;
    }
    return length;
  }

  /**
   * Whether the tokenizer's own first and last tokens are added. As the hub's processors: no second
   * start token where the template wrote one.
   */
  protected boolean addsSpecialTokens(String prompt) {
    return startToken == null || !prompt.startsWith(startToken);
  }

  private int[] tokenised(String prompt, TextEncoder tokens) {
    return tokens.encode(prompt, addsSpecialTokens(prompt));
  }

  /** Each image token as often as its image has tokens, unless that was already written out. */
  private int[] repeated(int[] ids, List<ImageLayout> images) {
    int placeholders = count(ids);
    int wanted = images.stream().mapToInt(ImageLayout::tokens).sum();
    if (placeholders == wanted) {
      return ids;
    }
    if (placeholders != images.size()) {
      throw new ModelFormatException(
          "chat_template",
          placeholders + " image tokens in a prompt with " + images.size() + " images");
    }
    int[] expanded = new int[ids.length + wanted - placeholders];
    int image = 0;
    int to = 0;
    for (int id : ids) {
      int times = id == imageToken() ? images.get(image++).tokens() : 1;
      Arrays.fill(expanded, to, to + times, id);
      to += times;
    }
    return expanded;
  }

  private int count(int[] ids) {
    int image = imageToken();
    return (int) Arrays.stream(ids).filter(id -> id == image).count();
  }

  // ---- regions in answers

  /**
   * An answer read for the regions that the family writes into its answers; empty where it holds
   * none of the family's marks.
   *
   * @param question what was asked
   * @param written the answer with its special tokens
   * @param image the one that was asked about; places are relative to it as it was encoded
   */
  public Optional<RegionText> regions(String question, String written, ImageLayout image) {
    return Optional.empty();
  }

  /** How the family is asked where something is; empty of one that writes no regions. */
  public Optional<String> groundingQuestion(String thing) {
    return Optional.empty();
  }

  // ---- the decoder

  /** Ids that end an answer. */
  public Set<Integer> stopTokens() {
    return folder.config().stopTokens();
  }

  /**
   * What the decoder starts an answer with, of a family whose prompts another graph reads ({@code
   * encoder_model}); empty where the decoder reads the prompt itself.
   */
  public int[] answerStart() {
    return new int[0];
  }

  /** Inputs of a decoder that {@link #sequence} fills beside the usual ones. */
  public Set<String> decoderInputs() {
    return Set.of();
  }

  /**
   * The most tokens whose positions are counted alike. In a longer sequence all of them are counted
   * otherwise, so nothing that was read of a shorter one fits.
   */
  public int switchLength() {
    return Integer.MAX_VALUE;
  }

  /** How it was trained; whether the folder's decoder does so is another question. */
  public Attention attention() {
    return Attention.CAUSAL;
  }

  /**
   * Positions and further inputs of a prompt and of what follows it.
   *
   * @param ids of the prompt with its image tokens, or of its start that holds all images, and
   *     whatever follows
   * @param promptLength how many of them are the prompt, the rest an answer's
   */
  public TokenSequence sequence(int[] ids, int promptLength, StudyImages images) {
    return TokenSequence.countingFrom(0);
  }
}
