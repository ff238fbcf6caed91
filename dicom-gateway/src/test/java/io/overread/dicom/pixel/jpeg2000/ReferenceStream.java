package io.overread.dicom.pixel.jpeg2000;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * A stream of a generated picture that another encoder made, and what its own decoder makes of it;
 * streams.tsv beside the streams tells how each was made.
 *
 * @param digest SHA-256 of the samples by pixel, little endian; "-" where they are in a file
 */
public record ReferenceStream(
    String name, int rows, int columns, int components, int bits, String digest) {

  /** All of them. */
  public static List<ReferenceStream> all() {
    return new String(resource("streams.tsv"), StandardCharsets.US_ASCII)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\t", -1))
        .map(
            fields ->
                new ReferenceStream(
                    fields[0],
                    Integer.parseInt(fields[1]),
                    Integer.parseInt(fields[2]),
                    Integer.parseInt(fields[3]),
                    Integer.parseInt(fields[4]),
                    fields[6]))
        .toList();
  }

  /** The one of that name. */
  public static ReferenceStream named(String name) {
    return all().stream().filter(each -> each.name.equals(name)).findFirst().orElseThrow();
  }

  /** Whether samples may differ by one from those in {@link #samples}. */
  boolean lossy() {
    return digest.equals("-");
  }

  /** The stream. */
  public byte[] bytes() {
    return resource(name + ".j2k");
  }

  /** The samples of a lossy stream. */
  byte[] samples() {
    return resource(name + ".raw");
  }

  int sampleBytes() {
    return bits <= Byte.SIZE ? 1 : bits <= Short.SIZE ? 2 : 4;
  }

  /** The samples that we make of a stream of this size, by pixel, little endian. */
  byte[] decode(byte[] stream) {
    Codestream codestream = Codestream.read(stream);
    int size = sampleBytes();
    byte[] cells = new byte[rows * columns * components * size];
    codestream.decode(
        (component, row, column, samples, count) -> {
          for (int index = 0; index < count; index++) {
            int at = ((row * columns + column + index) * components + component) * size;
            for (int octet = 0; octet < size; octet++) {
              cells[at + octet] = (byte) (samples[index] >> Byte.SIZE * octet);
            }
          }
        });
    return cells;
  }

  private static byte[] resource(String name) {
    try (InputStream stream =
            Objects.requireNonNull(ReferenceStream.class.getResourceAsStream(name), name);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      stream.transferTo(bytes);
      return bytes.toByteArray();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
