package io.overread.vlm.evaluate.published;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Images that lie within other files, unpacked once, each under its SHA-256.
 *
 * @param place made with the first image
 */
record Shelf(Path place) {

  /** The file with these bytes. */
  Path keep(byte[] image) {
    Path file = place.resolve(Digests.of(image));
    try {
      if (!Files.isRegularFile(file)) {
        Files.createDirectories(place);
        Path part = Files.createTempFile(place, "unpacking", null);
        Files.write(part, image);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      }
      return file;
    } catch (IOException e) {
      throw new IllegalArgumentException(place + ": an image can't be unpacked: " + e.getMessage());
    }
  }
}
