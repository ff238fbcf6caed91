package io.overread.vlm.remote;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server that answers as it is told, one answer a request; the last one again and again. */
final class Replay implements AutoCloseable {

  private final HttpServer server;
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  /** What a server does with a request. */
  @FunctionalInterface
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  /** What came. */
  record Request(String path, String key, JsonNode body) {}

  Replay(Answer... answers) throws IOException {
    this.answers.addAll(List.of(answers));
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String key = exchange.getRequestHeaders().getFirst("Authorization");
      if (key == null) {
        key = exchange.getRequestHeaders().getFirst("x-goog-api-key");
      }
      requests.add(
          new Request(
              exchange.getRequestURI().toString(),
              String.valueOf(key),
              JsonMapper.builder().build().readTree(body)));
      next().to(exchange);
    }
  }

  private synchronized Answer next() {
    return answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  List<Request> requests() {
    return requests;
  }

  /** A recorded answer. */
  static Answer recorded(String name) {
    return body(read(name));
  }

  static Answer body(byte[] body) {
    return exchange -> {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write(body);
    };
  }

  static Answer status(int status, String... header) {
    return exchange -> {
      for (int i = 0; i < header.length; i += 2) {
        exchange.getResponseHeaders().add(header[i], header[i + 1]);
      }
      exchange.sendResponseHeaders(status, -1);
    };
  }

  static byte[] read(String name) {
    try (InputStream in = Replay.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no recording " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
