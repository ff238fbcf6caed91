package io.overread.gateway.render;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A binary PGM or PPM file of 8 bits, as DCMTK writes it. */
record PortableMap(int width, int height, int samples, int[] values) {

  static PortableMap read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int at = 0;
    String[] header = new String[4];
    for (int word = 0; word < header.length; word++) {
      int start = at;
      while (!Character.isWhitespace(bytes[at])) {
        at++;
      }
      header[word] = new String(bytes, start, at - start, StandardCharsets.US_ASCII);
      at++;
    }
    if (!header[3].equals("255") || !(header[0].equals("P5") || header[0].equals("P6"))) {
      throw new IOException("not an 8 bit PGM or PPM: " + Arrays.toString(header));
    }
    int samples = header[0].equals("P5") ? 1 : 3;
    int width = Integer.parseInt(header[1]);
    int height = Integer.parseInt(header[2]);
    int[] values = new int[width * height * samples];
    for (int index = 0; index < values.length; index++) {
      values[index] = bytes[at + index] & 0xff;
    }
    return new PortableMap(width, height, samples, values);
  }
}
