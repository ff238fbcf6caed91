package io.overread.vlm.remote;

import io.overread.vlm.decoding.FinishReason;
import io.overread.vlm.decoding.JsonForm;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * OpenAI's chat completions, streamed. The base address ends before {@code /chat/completions}, most
 * often in {@code /v1}.
 */
final class OpenAiChat implements Protocol {

  @Override
  public HttpRequest.Builder request(URI base, Prompt prompt) {
    ObjectNode body = Body.object();
    body.put("model", prompt.model()).put("stream", true);
    body.put("max_tokens", prompt.decoding().maxNewTokens());
    body.put("temperature", prompt.decoding().temperature());
    body.put("top_p", prompt.decoding().topP());
    if (prompt.decoding().topK() > 0) {
      body.put("top_k", prompt.decoding().topK()); // vLLM's and SGLang's own
    }
    body.put("seed", prompt.decoding().seed());
    if (prompt.form().logProbabilities()) {
      body.put("logprobs", true);
      if (prompt.form().alternatives() > 0) {
        body.put("top_logprobs", prompt.form().alternatives());
      }
    }
    JsonForm form = prompt.form().json();
    if (form != null) {
      ObjectNode format = body.putObject("response_format").put("type", "json_schema");
      ObjectNode named =
          format.putObject("json_schema").put("name", JsonForm.FIELD).put("strict", true);
      // Lengths of strings are no part of what strict mode takes, and fail the request there.
      named.set("schema", Body.without(form.schema(), "minLength", "maxLength"));
    }
    messages(body.putArray("messages"), prompt);
    return Body.post(base, "/chat/completions", body);
  }

  private static void messages(ArrayNode messages, Prompt prompt) {
    messages.addObject().put("role", "system").put("content", prompt.instructions());
    ArrayNode content = messages.addObject().put("role", "user").putArray("content");
    for (String image : prompt.images()) {
      content
          .addObject()
          .put("type", "image_url")
          .putObject("image_url")
          .put("url", "data:image/png;base64," + image);
    }
    content.addObject().put("type", "text").put("text", prompt.question());
  }

  @Override
  public void read(AnswerBody body, Reply reply) throws IOException {
    for (Optional<String> event = body.event(); event.isPresent(); event = body.event()) {
      String data = event.get();
      if (data.equals("[DONE]")) {
        return;
      }
      JsonNode chunk = AnswerBody.parsed(data);
      if (chunk.has("error")) {
        throw new MalformedAnswerException("broke its answer off with an error");
      }
      JsonNode choice = chunk.path("choices").path(0);
      chunk(choice, reply);
      String finish = choice.path("finish_reason").asString("");
      if (finish.equals("content_filter")) {
        throw MalformedAnswerException.keptBack();
      }
      if (!finish.isEmpty()) {
        reply.end(finish.equals("length") ? FinishReason.LENGTH : FinishReason.STOP);
        return; // what may follow is a count of tokens
      }
    }
  }

  private static void chunk(JsonNode choice, Reply reply) throws MalformedAnswerException {
    if (!choice.path("delta").path("refusal").asString("").isEmpty()) {
      throw MalformedAnswerException.keptBack();
    }
    String piece = choice.path("delta").path("content").asString("");
    JsonNode tokens = choice.path("logprobs").path("content");
    for (JsonNode token : tokens) {
      reply.token(token.path("logprob"), alternatives(token.path("top_logprobs")));
    }
    if (tokens.isEmpty() && !piece.isEmpty()) {
      reply.unscored();
    }
    reply.add(piece);
  }

  /** As Ollama has them too. */
  static List<Alternative> alternatives(JsonNode list) throws MalformedAnswerException {
    List<Alternative> alternatives = new ArrayList<>();
    for (JsonNode each : list) {
      alternatives.add(
          new Alternative(each.path("token").asString(""), Reply.checked(each.path("logprob"))));
    }
    return alternatives;
  }

  @Override
  public HttpRequest.Builder health(URI base, String model) {
    return HttpRequest.newBuilder(Body.at(base, "/models")).GET();
  }
}
