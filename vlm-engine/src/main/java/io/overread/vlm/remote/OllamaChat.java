package io.overread.vlm.remote;

import io.overread.vlm.decoding.FinishReason;
import io.overread.vlm.decoding.JsonForm;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Ollama's chat, streamed: a JSON object a line. The base address is the server's. */
final class OllamaChat implements Protocol {

  @Override
  public HttpRequest.Builder request(URI base, Prompt prompt) {
    ObjectNode body = Body.object();
    body.put("model", prompt.model()).put("stream", true);
    ObjectNode options = body.putObject("options");
    options.put("num_predict", prompt.decoding().maxNewTokens());
    options.put("temperature", prompt.decoding().temperature());
    options.put("top_p", prompt.decoding().topP());
    if (prompt.decoding().topK() > 0) {
      options.put("top_k", prompt.decoding().topK());
    }
    options.put("seed", prompt.decoding().seed());
    if (prompt.form().logProbabilities()) {
      body.put("logprobs", true);
      if (prompt.form().alternatives() > 0) {
        body.put("top_logprobs", prompt.form().alternatives());
      }
    }
    JsonForm form = prompt.form().json();
    if (form != null) {
      body.set("format", form.schema());
    }
    ArrayNode messages = body.putArray("messages");
    messages.addObject().put("role", "system").put("content", prompt.instructions());
    ObjectNode user = messages.addObject().put("role", "user").put("content", prompt.question());
    ArrayNode images = user.putArray("images");
    prompt.images().forEach(images::add);
    return Body.post(base, "/api/chat", body);
  }

  @Override
  public void read(AnswerBody body, Reply reply) throws IOException {
    for (String line = body.line(); line != null; line = body.line()) {
      if (line.isBlank()) {
        continue;
      }
      JsonNode chunk = AnswerBody.parsed(line);
      if (chunk.has("error")) {
        throw new MalformedAnswerException("broke its answer off with an error");
      }
      String piece = chunk.path("message").path("content").asString("");
      JsonNode tokens = chunk.path("logprobs");
      for (JsonNode token : tokens) {
        reply.token(token.path("logprob"), OpenAiChat.alternatives(token.path("top_logprobs")));
      }
      if (tokens.isEmpty() && !piece.isEmpty()) {
        reply.unscored();
      }
      reply.add(piece);
      if (chunk.path("done").asBoolean(false)) {
        boolean cut = chunk.path("done_reason").asString("").equals("length");
        reply.end(cut ? FinishReason.LENGTH : FinishReason.STOP);
        return;
      }
    }
  }

  @Override
  public HttpRequest.Builder health(URI base, String model) {
    return HttpRequest.newBuilder(Body.at(base, "/api/version")).GET();
  }
}
