package io.overread.vlm;

import io.overread.vlm.failure.ModelFormatException;
import io.overread.vlm.failure.PromptTooLongException;
import io.overread.vlm.family.ImageLayout;
import io.overread.vlm.family.ModelFamily;
import io.overread.vlm.model.ModelFolder;
import io.overread.vlm.text.ChatTemplate;
import io.overread.vlm.text.ChatTemplate.MessageStyle;
import io.overread.vlm.text.ModelTokenizer;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;

/** From a question to the prompt's token ids, one image token for each row of image features. */
final class PromptBuilder {

  private static final int MAX_QUESTION_CHARACTERS = 4000;

  /** Of a private use area: what a tokenizer makes of it is what it makes of anything unknown. */
  private static final String UNKNOWN = "\uE000";

  /** What markers are made of; a question has no need of it. */
  private static final Pattern MARKING = Pattern.compile("[<>|_\\[\\]{}#*~^`@\\\\]");

  /** A catalogue's questions are asked of every study, and a template takes longer than a token. */
  private static final int MOST_KNOWN = 256;

  private static final String PROBE = "Is there any abnormality?";

  private final ModelTokenizer tokenizer;
  private final ChatTemplate template;
  private final Set<String> specialTokens;
  private final Set<Integer> markers = new HashSet<>();
  private final ModelFamily family;
  private final MessageStyle style;

  /** The prompts built last; guarded by itself. */
  private final SequencedMap<Asked, int[]> known = new LinkedHashMap<>();

  PromptBuilder(
      ModelFolder folder, ModelFamily family, ModelTokenizer tokenizer, ChatTemplate template) {
    this.tokenizer = tokenizer;
    this.template = template;
    this.specialTokens = folder.specialTokens();
    this.family = family;
    this.style = styleOf();
    for (String special : specialTokens) {
      int[] ids = tokenizer.encode(special, false);
      if (ids.length == 1) {
        markers.add(ids[0]);
      }
    }
    markers.add(family.imageToken());
    Arrays.stream(tokenizer.encode(UNKNOWN, false)).forEach(markers::remove);
  }

  /** Templates do not say which layout they want: the one whose prompt holds the image is right. */
  private MessageStyle styleOf() {
    for (MessageStyle candidate : MessageStyle.values()) {
      if (family.holdsImage(rendered(1, PROBE, candidate), tokenizer::encode)) {
        return candidate;
      }
    }
    throw new ModelFormatException(
        "chat_template", "its prompts hold no image token (id " + family.imageToken() + ")");
  }

  private String rendered(int images, String text, MessageStyle as) {
    return template.render(ChatTemplate.imagesThenText(images, text), as, family::placeholder);
  }

  /** Token ids of the whole prompt. */
  int[] prompt(List<ImageLayout> images, String question) {
    Asked asked = new Asked(List.copyOf(images), question);
    synchronized (known) {
      int[] ids = known.get(asked);
      if (ids != null) {
        return ids.clone();
      }
    }
    int[] ids =
        family.encode(
            rendered(images.size(), harmless(question), style), images, tokenizer::encode);
    synchronized (known) {
      if (known.size() == MOST_KNOWN) {
        known.pollFirstEntry();
      }
      known.put(asked, ids.clone());
    }
    return ids;
  }

  /** Tokens that every question about some images shares; maybe none. */
  int[] prefix(List<ImageLayout> images) {
    int[] ids = prompt(images, PROBE);
    return Arrays.copyOf(ids, family.sharedLength(ids));
  }

  /** Token ids of an answer as the model would write it. */
  int[] answer(String text) {
    return tokenizer.encode(text, false);
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
    return isPlain(text) ? text.strip() : unmarked(text);
  }

  /**
   * A tokenizer may fold characters before it looks for markers, and some are not called special.
   */
  private String unmarked(String question) {
    String text = Normalizer.normalize(question, Normalizer.Form.NFKC);
    String plain = MARKING.matcher(text).replaceAll(" ").strip();
    return isPlain(plain) ? plain : "";
  }

  private boolean isPlain(String text) {
    return Arrays.stream(tokenizer.encode(text, false)).noneMatch(markers::contains);
  }

  /** A question about images of some layout. */
  private record Asked(List<ImageLayout> images, String question) {}
}
