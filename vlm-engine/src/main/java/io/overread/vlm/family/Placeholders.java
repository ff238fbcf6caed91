package io.overread.vlm.family;

import io.overread.vlm.failure.ModelFormatException;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Writes images into a rendered prompt where its template left a mark for each. */
final class Placeholders {

  private Placeholders() {}

  /** Each mark replaced by what its image is written as; a prompt without any stays as it is. */
  static String replaced(
      String prompt, String mark, List<ImageLayout> images, Function<ImageLayout, String> written) {
    String[] between = prompt.split(Pattern.quote(mark), -1);
    if (between.length == 1) {
      return prompt;
    }
    if (between.length != images.size() + 1) {
      throw new ModelFormatException(
          "chat_template",
          (between.length - 1) + " of " + mark + " in a prompt with " + images.size() + " images");
    }
    StringBuilder text = new StringBuilder(between[0]);
    for (int i = 0; i < images.size(); i++) {
      text.append(written.apply(images.get(i))).append(between[i + 1]);
    }
    return text.toString();
  }
}
