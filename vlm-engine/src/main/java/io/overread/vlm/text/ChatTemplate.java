package io.overread.vlm.text;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.interpret.TemplateError.ErrorType;
import io.overread.vlm.failure.ModelFormatException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** A model's chat template (Jinja), rendered for one question about some images. */
public final class ChatTemplate {

  private static final long MAX_PROMPT_CHARACTERS = 1L << 20;

  /** Where Jinjava keeps old ways of its own unless told otherwise. */
  private static final LegacyOverrides AS_PYTHON =
      LegacyOverrides.newBuilder()
          .withEvaluateMapKeys(true)
          .withIterateOverMapKeys(true)
          .withUsePyishObjectMapper(true)
          .withUseNaturalOperatorPrecedence(true)
          .withParseWhitespaceControlStrictly(true)
          .withUseTrimmingForNotesAndExpressions(true)
          .withKeepNullableLoopValues(true)
          .withHandleBackslashInQuotesOnly(true)
          .build();

  private final Jinjava jinjava;
  private final String file;
  private final String template;
  private final Map<String, Object> constants;

  /**
   * Keeps the template.
   *
   * @param file where it comes from, for messages
   * @param constants what every rendering may use, such as {@code bos_token}
   */
  public ChatTemplate(String file, String template, Map<String, String> constants) {
    this.file = file;
    // Python's jinja2 drops the line end that ends a template, Jinjava the one that ends its
    // output.
    this.template =
        PythonDialect.translated(
            template.endsWith("\n") ? template.substring(0, template.length() - 1) : template);
    this.constants = new HashMap<>(constants);
    this.jinjava =
        new Jinjava(
            JinjavaConfig.newBuilder()
                // As the hub's renderer does.
                .withTrimBlocks(true)
                .withLstripBlocks(true)
                // Otherwise a question with braces in it would be run as a template.
                .withNestedInterpretationEnabled(false)
                .withMaxOutputSize(MAX_PROMPT_CHARACTERS)
                .withMaxRenderDepth(20)
                .withKeepTrailingNewline(true)
                .withLegacyOverrides(AS_PYTHON)
                .build());
    PythonDialect.register(jinjava);
  }

  /**
   * The prompt up to where the answer starts.
   *
   * @param style how the template wants the message laid out
   * @param placeholder how an image, counted from 0, is written into a message that is one string
   */
  public String render(
      List<Map<String, String>> content, MessageStyle style, IntFunction<String> placeholder) {
    Object body = style == MessageStyle.PARTS ? content : joined(content, placeholder);
    Map<String, Object> context = new HashMap<>(constants);
    context.put("messages", List.of(Map.of("role", "user", "content", body)));
    context.put("add_generation_prompt", true);
    RenderResult result = jinjava.renderForResult(template, context);
    for (TemplateError error : result.getErrors()) {
      // Jinjava goes on after most errors and leaves a hole in the prompt.
      if (error.getSeverity() == ErrorType.FATAL) {
        throw new ModelFormatException(
            file + ": chat_template", "line " + error.getLineno() + ": " + error.getMessage());
      }
    }
    return result.getOutput();
  }

  /** A message of images, then text. */
  public static List<Map<String, String>> imagesThenText(int images, String text) {
    List<Map<String, String>> parts = new ArrayList<>();
    for (int i = 0; i < images; i++) {
      parts.add(Map.of("type", "image"));
    }
    parts.add(Map.of("type", "text", "text", text));
    return List.copyOf(parts);
  }

  private static String joined(List<Map<String, String>> content, IntFunction<String> placeholder) {
    StringBuilder text = new StringBuilder();
    int image = 0;
    for (Map<String, String> part : content) {
      boolean shown = "image".equals(part.get("type"));
      text.append(shown ? placeholder.apply(image++) : part.get("text"));
    }
    return text.toString();
  }

  /** How a template wants the content of a message. */
  public enum MessageStyle {
    /** A list of typed parts. */
    PARTS,
    /** One string, with the images' placeholders inside. */
    STRING
  }
}
