package io.overread.gateway.dicomweb.multipart;

/**
 * What a multipart body may take.
 *
 * @param parts how many parts
 * @param headerBytes bytes of the headers of one part
 * @param partBytes bytes of the body of one part
 */
public record MultipartLimits(int parts, int headerBytes, long partBytes) {

  /** Refuses limits that let nothing through. */
  public MultipartLimits {
    if (parts < 1 || headerBytes < 128 || partBytes < 1) {
      throw new IllegalArgumentException("a limit lets nothing through");
    }
  }
}
