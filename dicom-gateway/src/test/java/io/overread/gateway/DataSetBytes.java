package io.overread.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Cuts a stored file apart without our own reader. */
public final class DataSetBytes {

  private static final int AFTER_GROUP_LENGTH = 128 + 4 + 12;

  private DataSetBytes() {}

  /** What follows the meta information, whose group length (0002,0000) tells where it ends. */
  public static byte[] of(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      int groupLength =
          ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(AFTER_GROUP_LENGTH - 4);
      return Arrays.copyOfRange(bytes, AFTER_GROUP_LENGTH + groupLength, bytes.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
