package io.overread.vlm.remote;

import io.overread.vlm.decoding.FinishReason;
import io.overread.vlm.decoding.JsonForm;
import io.overread.vlm.region.BoxJson;
import io.overread.vlm.region.RegionText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Gemini's content generation, streamed. The base address ends in its version, such as v1beta. */
final class GeminiContent implements Protocol {

  /** Top, left, bottom and right in thousandths. */
  private static final BoxJson BOXES =
      new BoxJson(
          "box_2d",
          (collector, label, n) ->
              collector.box(label, n[1] / 1000, n[0] / 1000, n[3] / 1000, n[2] / 1000));

  @Override
  public HttpRequest.Builder request(URI base, Prompt prompt) {
    ObjectNode body = Body.object();
    body.putObject("systemInstruction")
        .putArray("parts")
        .addObject()
        .put("text", prompt.instructions());
    ArrayNode parts = body.putArray("contents").addObject().put("role", "user").putArray("parts");
    for (String image : prompt.images()) {
      parts.addObject().putObject("inlineData").put("mimeType", "image/png").put("data", image);
    }
    parts.addObject().put("text", prompt.question());
    ObjectNode config = body.putObject("generationConfig");
    config.put("maxOutputTokens", prompt.decoding().maxNewTokens());
    config.put("temperature", prompt.decoding().temperature());
    config.put("topP", prompt.decoding().topP());
    if (prompt.decoding().topK() > 0) {
      config.put("topK", prompt.decoding().topK());
    }
    config.put("seed", (int) prompt.decoding().seed());
    if (prompt.form().logProbabilities()) {
      config.put("responseLogprobs", true);
      if (prompt.form().alternatives() > 0) {
        config.put("logprobs", prompt.form().alternatives());
      }
    }
    JsonForm form = prompt.form().json();
    if (form != null) {
      GeminiSchema.put(form, config);
    }
    return Body.post(
        base, "/models/" + Body.segment(prompt.model()) + ":streamGenerateContent?alt=sse", body);
  }

  @Override
  public void read(AnswerBody body, Reply reply) throws IOException {
    for (Optional<String> event = body.event(); event.isPresent(); event = body.event()) {
      JsonNode chunk = AnswerBody.parsed(event.get());
      if (chunk.has("error")) {
        throw new MalformedAnswerException("broke its answer off with an error");
      }
      if (chunk.path("promptFeedback").has("blockReason")) {
        throw MalformedAnswerException.keptBack();
      }
      JsonNode candidate = chunk.path("candidates").path(0);
      piece(candidate, reply);
      String finish = candidate.path("finishReason").asString("");
      if (!finish.isEmpty() && !finish.equals("FINISH_REASON_UNSPECIFIED")) {
        reply.end(finished(finish));
        return;
      }
    }
  }

  private static FinishReason finished(String reason) throws MalformedAnswerException {
    return switch (reason) {
      case "STOP" -> FinishReason.STOP;
      case "MAX_TOKENS" -> FinishReason.LENGTH;
      default -> throw MalformedAnswerException.keptBack();
    };
  }

  private static void piece(JsonNode candidate, Reply reply) throws MalformedAnswerException {
    StringBuilder piece = new StringBuilder();
    for (JsonNode part : candidate.path("content").path("parts")) {
      if (!part.path("thought").asBoolean(false)) {
        piece.append(part.path("text").asString(""));
      }
    }
    JsonNode scored = candidate.path("logprobsResult");
    JsonNode chosen = scored.path("chosenCandidates");
    for (int i = 0; i < chosen.size(); i++) {
      List<Alternative> alternatives = new ArrayList<>();
      for (JsonNode each : scored.path("topCandidates").path(i).path("candidates")) {
        alternatives.add(
            new Alternative(
                each.path("token").asString(""), Reply.checked(each.path("logProbability"))));
      }
      reply.token(chosen.path(i).path("logProbability"), alternatives);
    }
    if (chosen.isEmpty() && !piece.isEmpty()) {
      reply.unscored();
    }
    reply.add(piece.toString());
  }

  /** Asks for boxes as the service's documents do. */
  static String groundingQuestion(String thing) {
    return "Detect the "
        + thing
        + ". Answer with a JSON list of objects with box_2d, which is [ymin, xmin, ymax, xmax]"
        + " normalized to 0-1000, and label.";
  }

  /** An answer without its boxes, and these. */
  static RegionText regions(String text) {
    return BOXES.read(text).orElseGet(() -> RegionText.plain(text));
  }

  @Override
  public HttpRequest.Builder health(URI base, String model) {
    return HttpRequest.newBuilder(Body.at(base, "/models/" + Body.segment(model))).GET();
  }

  @Override
  public void authorise(HttpRequest.Builder request, String key) {
    request.header("x-goog-api-key", key);
  }
}
