package io.overread.vlm.remote;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;

/**
 * What differs between engines: how a request is worded and an answer is read. Anything of an
 * answer that is not as it should be is a {@link MalformedAnswerException}.
 */
sealed interface Protocol permits OpenAiChat, OllamaChat, GeminiContent, KserveInfer {

  /** The address and body of a request. */
  HttpRequest.Builder request(URI base, Prompt prompt);

  /** Reads the body of an answer with status 200 as it comes. */
  void read(AnswerBody body, Reply reply) throws IOException;

  /** A request that a healthy engine which has the model answers with status 200. */
  HttpRequest.Builder health(URI base, String model);

  /** The header that carries the key. */
  default void authorise(HttpRequest.Builder request, String key) {
    request.header("Authorization", "Bearer " + key);
  }
}
