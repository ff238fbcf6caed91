package io.overread.dicom.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A value left in its file. It stays readable as long as the file is neither moved nor changed.
 *
 * @param offset in bytes from the start of the file; for a deflated data set, from the start of the
 *     inflated data set
 * @param length in bytes
 * @param deflatedFrom where the deflated data set starts in the file, or {@link #NOT_DEFLATED}
 */
public record Region(Path file, long offset, long length, ByteOrder byteOrder, long deflatedFrom)
    implements Octets {

  public static final long NOT_DEFLATED = -1;

  public boolean isDeflated() {
    return deflatedFrom != NOT_DEFLATED;
  }

  @Override
  public InputStream open() throws IOException {
    InputStream in = Files.newInputStream(file);
    try {
      if (isDeflated()) {
        in.skipNBytes(deflatedFrom);
        in = new DeflatedDataSet(in);
      }
      in.skipNBytes(offset);
      return new BufferedInputStream(new BoundedInputStream(in, length));
    } catch (IOException | RuntimeException failure) {
      in.close();
      throw failure;
    }
  }
}
