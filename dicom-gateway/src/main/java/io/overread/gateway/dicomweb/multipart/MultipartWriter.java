package io.overread.gateway.dicomweb.multipart;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes a multipart body (RFC 2046 5.1) part by part. */
public final class MultipartWriter {

  private final String boundary = "overread-" + UUID.randomUUID();
  private final OutputStream out;

  /** Over a stream, which stays open. */
  public MultipartWriter(OutputStream out) {
    this.out = out;
  }

  /**
   * The Content-Type of the whole body (RFC 2387).
   *
   * @param type the media type of its parts, without parameters
   */
  public String contentType(String type) {
    return "multipart/related; type=\"" + type + "\"; boundary=\"" + boundary + "\"";
  }

  /** Begins a part; what is written to the stream then is its body. */
  public OutputStream part(String contentType, @Nullable String contentLocation)
      throws IOException {
    text("\r\n--" + boundary + "\r\nContent-Type: " + contentType + "\r\n");
    if (contentLocation != null) {
      text("Content-Location: " + contentLocation + "\r\n");
    }
    text("\r\n");
    return out;
  }

  /** Ends the body. */
  public void end() throws IOException {
    text("\r\n--" + boundary + "--\r\n");
    out.flush();
  }

  private void text(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }
}
