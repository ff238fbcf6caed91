package io.overread.vlm.family;

import io.overread.vlm.model.ModelFolder;
import io.overread.vlm.model.ModelJson;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Florence-2: an encoder reads the picture and the text together, a decoder writes. No token stands
 * for the picture, its rows come before the text; so questions share no prefix, and are not run as
 * one batch. Its tasks are marks ({@code <CAPTION>}) that stand for a sentence.
 */
final class Florence2 extends ModelFamily {

  /** What each mark of a task stands for, as the hub's processor has them. */
  private static final Map<String, String> TASKS =
      Map.ofEntries(
          Map.entry("<OCR>", "What is the text in the image?"),
          Map.entry("<OCR_WITH_REGION>", "What is the text in the image, with regions?"),
          Map.entry("<CAPTION>", "What does the image describe?"),
          Map.entry("<DETAILED_CAPTION>", "Describe in detail what is shown in the image."),
          Map.entry(
              "<MORE_DETAILED_CAPTION>", "Describe with a paragraph what is shown in the image."),
          Map.entry("<OD>", "Locate the objects with category name in the image."),
          Map.entry(
              "<DENSE_REGION_CAPTION>",
              "Locate the objects in the image, with their descriptions."),
          Map.entry("<REGION_PROPOSAL>", "Locate the region proposals in the image."));

  private final int[] start;
  private final int mostImageTokens;

  Florence2(ModelFolder folder) {
    super(folder);
    ModelJson config = folder.settings().config();
    ModelJson stated = config.object("text_config");
    ModelJson text = stated == null ? config : stated;
    ModelJson generation = folder.settings().generation();
    int first =
        first("decoder_start_token_id", generation, text, config)
            .orElseThrow(() -> text.malformed("decoder_start_token_id", "missing"));
    OptionalInt forced = first("forced_bos_token_id", generation, text, config);
    this.start = forced.isPresent() ? new int[] {first, forced.getAsInt()} : new int[] {first};
    this.mostImageTokens =
        first("image_seq_length", folder.settings().images(), folder.settings().processor())
            .orElse(577);
  }

  private static OptionalInt first(String name, @Nullable ModelJson... files) {
    for (ModelJson file : files) {
      OptionalInt value = file == null ? OptionalInt.empty() : file.integer(name);
      if (value.isPresent()) {
        return value;
      }
    }
    return OptionalInt.empty();
  }

  @Override
  public String name() {
    return "Florence-2";
  }

  @Override
  public boolean known() {
    return true;
  }

  @Override
  public int mostImageTokens() {
    return mostImageTokens;
  }

  @Override
  public String template() {
    return "{% for message in messages %}{% for part in message['content'] %}"
        + "{{ part['text'] }}{% endfor %}{% endfor %}";
  }

  @Override
  public boolean holdsImage(String prompt, TextEncoder tokens) {
    return true;
  }

  @Override
  public int[] encode(String prompt, List<ImageLayout> images, TextEncoder tokens) {
    int rows = images.stream().mapToInt(ImageLayout::tokens).sum();
    IntStream pictures = IntStream.generate(this::imageToken).limit(rows);
    int[] text = tokens.encode(TASKS.getOrDefault(prompt.strip(), prompt), true);
    return IntStream.concat(pictures, Arrays.stream(text)).toArray();
  }

  @Override
  public int sharedLength(int[] prompt) {
    return 0;
  }

  @Override
  public int[] answerStart() {
    return start.clone();
  }
}
