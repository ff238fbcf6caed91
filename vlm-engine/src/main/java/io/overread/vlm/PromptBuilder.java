package io.overread.vlm;

import io.overread.vlm.failure.ModelFormatException;
import io.overread.vlm.failure.PromptTooLongException;
import io.overread.vlm.model.ModelFolder;
import io.overread.vlm.text.ChatTemplate;
import io.overread.vlm.text.ChatTemplate.MessageStyle;
import io.overread.vlm.text.ModelTokenizer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From a question to the prompt's token ids, one image token for each row of image features. */
final class PromptBuilder {

  private static final int MAX_QUESTION_CHARACTERS = 4000;
  private static final String PROBE = "Is there any abnormality?";

  private final ModelTokenizer tokenizer;
  private final ChatTemplate template;
  private final Set<String> specialTokens;
  private final @Nullable String startToken;
  private final int imageToken;
  private final MessageStyle style;

  PromptBuilder(ModelFolder folder, ModelTokenizer tokenizer, ChatTemplate template) {
    this.tokenizer = tokenizer;
    this.template = template;
    this.specialTokens = folder.specialTokens();
    this.startToken = folder.startToken();
    this.imageToken = folder.config().imageToken();
    this.style = styleOf();
  }

  /** Templates do not say which layout they want: the one whose prompt holds the image is right. */
  private MessageStyle styleOf() {
    for (MessageStyle candidate : MessageStyle.values()) {
      if (count(encode(template.render(ChatTemplate.imagesThenText(1, PROBE), candidate))) > 0) {
        return candidate;
      }
    }
    throw new ModelFormatException(
        "chat_template", "its prompts hold no image token (id " + imageToken + ")");
  }

  /**
   * Token ids of the whole prompt.
   *
   * @param rowsPerImage rows of features for each image
   */
  int[] prompt(int images, int rowsPerImage, String question) {
    int[] ids =
        encode(template.render(ChatTemplate.imagesThenText(images, harmless(question)), style));
    int placeholders = count(ids);
    if (placeholders == images * rowsPerImage) {
      return ids;
    }
    if (placeholders != images) {
      throw new ModelFormatException(
          "chat_template", placeholders + " image tokens in a prompt with " + images + " images");
    }
    int[] expanded = new int[ids.length + images * (rowsPerImage - 1)];
    int to = 0;
    for (int id : ids) {
      int times = id == imageToken ? rowsPerImage : 1;
      java.util.Arrays.fill(expanded, to, to + times, id);
      to += times;
    }
    return expanded;
  }

  /** Tokens up to and including the last image token: what every question shares. */
  int[] prefix(int images, int rowsPerImage) {
    int[] ids = prompt(images, rowsPerImage, PROBE);
    int last = ids.length - 1;
    while (ids[last] != imageToken) {
      last--;
    }
    return java.util.Arrays.copyOf(ids, last + 1);
  }

  /** Token ids of an answer as the model would write it. */
  int[] answer(String text) {
    return tokenizer.encode(text, false);
  }

  boolean isImageToken(int id) {
    return id == imageToken;
  }

  private int[] encode(String prompt) {
    // As the hub's processors: no second start token where the template wrote one.
    boolean started = startToken != null && prompt.startsWith(startToken);
    return tokenizer.encode(prompt, !started);
  }

  /**
   * A question must not spell the markers that part the prompt: a user could speak for the model.
   */
  private String harmless(String question) {
    if (question.length() > MAX_QUESTION_CHARACTERS) {
      throw new PromptTooLongException("characters", question.length(), MAX_QUESTION_CHARACTERS);
    }
    String text = question;
    String before;
    do { // what is left after a removal may spell another marker
      before = text;
      for (String special : specialTokens) {
        text = text.replace(special, "");
      }
    } while (!text.equals(before));
    return text.strip();
  }

  private int count(int[] ids) {
    int count = 0;
    for (int id : ids) {
      if (id == imageToken) {
        count++;
      }
    }
    return count;
  }
}
