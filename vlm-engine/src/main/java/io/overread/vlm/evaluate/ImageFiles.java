package io.overread.vlm.evaluate;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** The images of a folder, as the engine takes them. */
record ImageFiles(Path folder) {

  /** Where images lie that are no medical ones, if there are any. */
  static final String OTHER = "other";

  private static final Set<String> KINDS = Set.of("jpg", "jpeg", "png", "gif", "bmp");

  /** Complains of the first record whose image is not there, before hours are spent. */
  void require(List<StatedRecord> records) {
    for (StatedRecord record : records) {
      if (!Files.isRegularFile(file(record))) {
        throw new UnusableDataException(
            folder.resolve(RecordFile.NAME)
                + ": the image of "
                + record.subject().id()
                + " is missing: "
                + record.image());
      }
    }
  }

  BufferedImage read(StatedRecord record) {
    return read(file(record));
  }

  BufferedImage read(Path file) {
    try {
      BufferedImage image = ImageIO.read(file.toFile());
      if (image == null) {
        throw new UnusableDataException(file + ": no image that can be read");
      }
      return image;
    } catch (IOException | RuntimeException e) {
      if (e instanceof UnusableDataException unusable) {
        throw unusable;
      }
      throw new UnusableDataException(file + ": no image that can be read: " + e.getMessage());
    }
  }

  /** The images below {@link #OTHER}, sorted; none where there is no such folder. */
  List<Path> others() {
    Path other = folder.resolve(OTHER);
    if (!Files.isDirectory(other)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(other)) {
      return paths.filter(Files::isRegularFile).filter(ImageFiles::isImage).sorted().toList();
    } catch (IOException e) {
      throw new UnusableDataException(other + ": cannot be listed: " + e.getMessage());
    }
  }

  private static boolean isImage(Path path) {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    return KINDS.contains(name.substring(name.lastIndexOf('.') + 1));
  }

  /** A record's path must not lead out of the folder. */
  private Path file(StatedRecord record) {
    try {
      Path root = folder.toAbsolutePath().normalize();
      Path file = root.resolve(record.image()).normalize();
      if (file.startsWith(root)) {
        return file;
      }
    } catch (InvalidPathException e) {
      // told below, as any other path that is none
    }
    throw new UnusableDataException(
        folder.resolve(RecordFile.NAME)
            + ": the image of "
            + record.subject().id()
            + " lies outside of the folder: "
            + record.image());
  }
}
