package io.overread.gateway.dicomweb;

import io.overread.gateway.dicomweb.multipart.MultipartLimits;
import io.overread.gateway.dicomweb.multipart.MultipartReader;
import io.overread.gateway.dicomweb.multipart.Part;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Multipart bodies, made and taken apart for a test. */
final class Multipart {

  static final String BOUNDARY = "a-boundary";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A part of an answer. */
  record Piece(Map<String, String> headers, byte[] body) {}

  static String contentType(String type) {
    return "multipart/related; type=\"" + type + "\"; boundary=" + BOUNDARY;
  }

  Multipart part(String headers, byte[] body) {
    text("--" + BOUNDARY + "\r\n" + headers + "\r\n\r\n");
    out.writeBytes(body);
    text("\r\n");
    return this;
  }

  Multipart instance(byte[] file) {
    return part("Content-Type: application/dicom", file);
  }

  byte[] bytes() {
    text("--" + BOUNDARY + "--\r\n");
    return out.toByteArray();
  }

  private void text(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  static List<Piece> pieces(HttpResponse<byte[]> response) throws IOException {
    String boundary =
        MediaRange.parse(response.headers().firstValue("Content-Type").orElseThrow())
            .parameter("boundary")
            .orElseThrow();
    MultipartReader reader =
        new MultipartReader(
            new ByteArrayInputStream(response.body()),
            boundary,
            new MultipartLimits(10_000, 8192, 1L << 32));
    List<Piece> pieces = new ArrayList<>();
    for (Part part = reader.next(); part != null; part = reader.next()) {
      pieces.add(new Piece(part.headers(), part.body().readAllBytes()));
    }
    return pieces;
  }
}
