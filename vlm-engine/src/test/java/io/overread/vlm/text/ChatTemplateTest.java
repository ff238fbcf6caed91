package io.overread.vlm.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overread.vlm.failure.ModelFormatException;
import io.overread.vlm.text.ChatTemplate.MessageStyle;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChatTemplateTest {

  /** As LLaVA 1.5's, a list of parts with a loop of each kind. */
  private static final String LLAVA =
      """
      {% for message in messages %}{% if message['role'] != 'system' %}{{ message['role'].upper() + ': ' }}{% endif %}\
      {% for content in message['content'] | selectattr('type', 'equalto', 'image') %}{{ '<image>\\n' }}{% endfor %}\
      {% for content in message['content'] | selectattr('type', 'equalto', 'text') %}{{ content['text'] + ' '}}{% endfor %}\
      {% endfor %}{% if add_generation_prompt %}{{ 'ASSISTANT:' }}{% endif %}\
      """;

  /** As Qwen's and other ChatML models', with a message that is one string. */
  private static final String CHATML =
      """
      {% for message in messages %}
      {{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>' + '\\n' }}
      {%- endfor %}
      {%- if add_generation_prompt %}
      {{- '<|im_start|>assistant\\n' }}
      {%- endif %}
      """;

  @Test
  void parts_are_rendered_as_the_hub_renders_them() {
    assertThat(render(LLAVA, MessageStyle.PARTS, "A nodule?"))
        .isEqualTo("USER: <image>\nA nodule? ASSISTANT:");
  }

  @Test
  void methods_of_python_s_strings_and_the_generation_tag_are_known() {
    assertThat(
            render(
                "{% generation %}{{ '|' + '  a '.lstrip() + '|' + ' a '.rstrip() + '|' }}"
                    + "{% endgeneration %}{{ messages[0]['role'].capitalize() }}",
                MessageStyle.PARTS, "?"))
        .isEqualTo("|a | a|User");
  }

  @Test
  void a_string_message_holds_the_placeholder() {
    assertThat(render(CHATML, MessageStyle.STRING, "A nodule?"))
        .isEqualTo("<|im_start|>user\n<image>\nA nodule?<|im_end|>\n<|im_start|>assistant\n");
  }

  @Test
  void a_question_with_braces_in_it_is_not_run() {
    assertThat(
            render(CHATML, MessageStyle.STRING, "{{ 7 * 6 }}{% for i in range(9) %}x{% endfor %}"))
        .contains("{{ 7 * 6 }}{% for i in range(9) %}x{% endfor %}");
  }

  @Test
  void constants_are_there() {
    assertThat(render("{{ bos_token }}|{{ eos_token }}", MessageStyle.PARTS, "?"))
        .isEqualTo("<s>|</s>");
  }

  @Test
  void a_template_that_cannot_be_read_is_named_with_its_line() {
    assertThatThrownBy(() -> render("\n{% if %}x", MessageStyle.PARTS, "?"))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith("template.jinja: chat_template: line");
  }

  @Test
  void a_template_that_renders_without_end_is_stopped() {
    String endless =
        "{% for a in range(1000) %}{% for b in range(1000) %}{% for c in range(1000) %}"
            + "0123456789{% endfor %}{% endfor %}{% endfor %}";
    assertThatThrownBy(() -> render(endless, MessageStyle.PARTS, "?"))
        .isInstanceOf(ModelFormatException.class);
  }

  private static String render(String template, MessageStyle style, String question) {
    return new ChatTemplate(
            "template.jinja", template, Map.of("bos_token", "<s>", "eos_token", "</s>"))
        .render(ChatTemplate.imagesThenText(1, question), style, image -> "<image>\n");
  }
}
