package io.overread.vlm.remote;

import io.overread.vlm.decoding.FinishReason;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * KServe's open inference protocol 2, as Triton has it. It says nothing of what a model's tensors
 * mean, so the model has to have these, each with a leading batch of 1:
 *
 * <ul>
 *   <li>inputs {@code text_input} BYTES [1,1] (instructions and question), {@code image} BYTES
 *       [1,n] (PNG in base64); how long the answer gets is the model's own matter;
 *   <li>outputs {@code text_output} BYTES of one element, and optionally {@code log_probabilities}
 *       FP32 or FP64, one for each token.
 * </ul>
 *
 * Whole answers: the protocol has no stream.
 */
final class KserveInfer implements Protocol {

  @Override
  public HttpRequest.Builder request(URI base, Prompt prompt) {
    ObjectNode body = Body.object();
    ArrayNode inputs = body.putArray("inputs");
    String question = prompt.instructions() + "\n\n" + prompt.question();
    input(inputs, "text_input", List.of(question));
    input(inputs, "image", prompt.images());
    return Body.post(base, "/v2/models/" + Body.segment(prompt.model()) + "/infer", body);
  }

  private static void input(ArrayNode inputs, String name, List<String> values) {
    ObjectNode input = inputs.addObject().put("name", name).put("datatype", "BYTES");
    input.putArray("shape").add(1).add(values.size());
    ArrayNode data = input.putArray("data");
    values.forEach(data::add);
  }

  @Override
  public void read(AnswerBody body, Reply reply) throws IOException {
    JsonNode answer = body.json();
    JsonNode text = output(answer, "text_output").path("data").path(0);
    if (!text.isString()) {
      throw new MalformedAnswerException("sent no text_output");
    }
    JsonNode scores = output(answer, "log_probabilities").path("data");
    for (JsonNode score : scores) {
      reply.token(score, List.of());
    }
    if (scores.isEmpty()) {
      reply.unscored();
    }
    reply.add(text.stringValue());
    reply.end(FinishReason.STOP);
  }

  private static JsonNode output(JsonNode answer, String name) {
    for (JsonNode output : answer.path("outputs")) {
      if (output.path("name").asString("").equals(name)) {
        return output;
      }
    }
    return answer.path(name + " is missing");
  }

  @Override
  public HttpRequest.Builder health(URI base, String model) {
    return HttpRequest.newBuilder(Body.at(base, "/v2/models/" + Body.segment(model) + "/ready"))
        .GET();
  }
}
