package io.overread.vlm.text;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.filter.Filter;
import com.hubspot.jinjava.lib.tag.Tag;
import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.TagNode;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What published chat templates use of Python and of the hub's renderer, and Jinjava lacks: methods
 * of strings without arguments, and the tag that marks what a model wrote.
 */
final class PythonDialect {

  /** Jinjava has these as filters, which bind as closely as a method does. */
  private static final Pattern METHOD =
      Pattern.compile("\\.(upper|lower|capitalize|title|lstrip|rstrip)\\(\\)");

  private PythonDialect() {}

  static String translated(String template) {
    return METHOD.matcher(template).replaceAll("|$1");
  }

  static void register(Jinjava jinjava) {
    jinjava.getGlobalContext().registerFilter(filter("lstrip", String::stripLeading));
    jinjava.getGlobalContext().registerFilter(filter("rstrip", String::stripTrailing));
    jinjava.getGlobalContext().registerTag(new Generation());
  }

  private static Filter filter(String name, UnaryOperator<String> of) {
    return new Filter() {
      @Override
      public String getName() {
        return name;
      }

      @Override
      public @Nullable Object filter(
          @Nullable Object value, JinjavaInterpreter interpreter, String... arguments) {
        return value == null ? null : of.apply(value.toString());
      }
    };
  }

  /** {@code {% generation %}} only matters to training: its content is the text. */
  private static final class Generation implements Tag {

    @Override
    public String getName() {
      return "generation";
    }

    @Override
    public String getEndTagName() {
      return "endgeneration";
    }

    @Override
    public String interpret(TagNode tag, JinjavaInterpreter interpreter) {
      StringBuilder text = new StringBuilder();
      for (Node child : tag.getChildren()) {
        text.append(child.render(interpreter).getValue());
      }
      return text.toString();
    }
  }
}
