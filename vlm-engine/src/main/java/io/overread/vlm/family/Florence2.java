package io.overread.vlm.family;

import io.overread.vlm.family.Florence2Regions.Form;
import io.overread.vlm.model.ModelFolder;
import io.overread.vlm.model.ModelJson;
import io.overread.vlm.region.RegionText;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Florence-2: an encoder reads the picture and the text together, a decoder writes. No token stands
 * for the picture, its rows come before the text; so questions share no prefix, and are not run as
 * one batch. Its tasks are marks ({@code <CAPTION>}) that stand for a sentence, some of them with
 * what is looked for behind them.
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

  private static final String GROUNDING = "<CAPTION_TO_PHRASE_GROUNDING>";

  /** The same of marks that something follows, which takes the place of {@code %s}. */
  private static final Map<String, String> TASKS_ABOUT =
      Map.of(
          GROUNDING,
          "Locate the phrases in the caption: %s",
          "<REFERRING_EXPRESSION_SEGMENTATION>",
          "Locate %s in the image with mask",
          "<REGION_TO_SEGMENTATION>",
          "What is the polygon mask of region %s",
          "<OPEN_VOCABULARY_DETECTION>",
          "Locate %s in the image.",
          "<REGION_TO_CATEGORY>",
          "What is the region %s?",
          "<REGION_TO_DESCRIPTION>",
          "What does the region %s describe?",
          "<REGION_TO_OCR>",
          "What text is in the region %s?");

  /** How the answers to the tasks are written whose answers hold regions. */
  private static final Map<String, Form> FORMS =
      Map.of(
          "<OD>",
          Form.NAMED_BOXES,
          "<DENSE_REGION_CAPTION>",
          Form.NAMED_BOXES,
          GROUNDING,
          Form.PHRASES,
          "<REFERRING_EXPRESSION_SEGMENTATION>",
          Form.OUTLINES,
          "<REGION_TO_SEGMENTATION>",
          Form.OUTLINES,
          "<OPEN_VOCABULARY_DETECTION>",
          Form.EITHER,
          "<REGION_PROPOSAL>",
          Form.BOXES,
          "<OCR_WITH_REGION>",
          Form.LETTERING);

  private static final String UNNAMED = "banned_grounding_tokens";

  private final Florence2Regions regions;
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
    this.regions = new Florence2Regions(unnamed(folder.settings().processor()));
    this.mostImageTokens =
        first("image_seq_length", folder.settings().images(), folder.settings().processor())
            .orElse(577);
  }

  /** Words of a caption that are nothing to be outlined, as the folder's processor lists them. */
  private static Set<String> unnamed(@Nullable ModelJson processor) {
    ModelJson parsing = processor == null ? null : processor.object("post_processor_config");
    ModelJson phrases = parsing == null ? null : parsing.object("phrase_grounding");
    return phrases == null || phrases.field(UNNAMED) == null
        ? Set.of()
        : Set.copyOf(phrases.texts(UNNAMED));
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
    int[] text = tokens.encode(sentence(prompt.strip()), true);
    return IntStream.concat(pictures, Arrays.stream(text)).toArray();
  }

  /** What a prompt stands for; one without a mark stands for itself. */
  private static String sentence(String prompt) {
    for (Map.Entry<String, String> task : TASKS_ABOUT.entrySet()) {
      if (prompt.contains(task.getKey())) {
        return task.getValue().replace("%s", prompt.replace(task.getKey(), "").strip());
      }
    }
    return TASKS.getOrDefault(prompt, prompt);
  }

  /** A question in words of one's own is read as a caption's phrases are. */
  @Override
  public Optional<RegionText> regions(String question, String written, ImageLayout image) {
    Form form =
        FORMS.entrySet().stream()
            .filter(task -> question.contains(task.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(Form.PHRASES);
    return regions.read(form, written);
  }

  @Override
  public Optional<String> groundingQuestion(String thing) {
    return Optional.of(GROUNDING + thing);
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
