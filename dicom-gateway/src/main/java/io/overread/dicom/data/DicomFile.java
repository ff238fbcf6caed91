package io.overread.dicom.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A DICOM file (PS3.10 7): meta information and data set. Pixel data, and values above the limit,
 * are {@link Region}s of the file, which must stay where it is while they are read.
 *
 * @param transferSyntax how the data set was read; may correct what the meta information claims
 * @param dataSetOffset where the data set starts, in bytes
 */
public record DicomFile(
    Path path, FileMeta meta, TransferSyntax transferSyntax, long dataSetOffset, DataSet dataSet) {

  /**
   * Reads a file with the standard limits.
   *
   * @throws DicomFormatException if this is no DICOM file, or a damaged one
   */
  public static DicomFile open(Path path) throws IOException {
    return open(path, ReadLimits.standard());
  }

  /**
   * Reads a file within limits.
   *
   * @throws DicomFormatException if this is no DICOM file, a damaged one, or it exceeds a limit
   */
  public static DicomFile open(Path path, ReadLimits limits) throws IOException {
    return openBefore(path, DataSetReader.NO_TAG, limits);
  }

  /**
   * Reads what precedes the pixel data, and nothing of the rest: a file whose pixel data is
   * truncated still opens.
   *
   * @throws DicomFormatException if this is no DICOM file, or its header is damaged
   */
  public static DicomFile openHeader(Path path) throws IOException {
    return openBefore(path, DataSetReader.PIXEL_DATA_GROUP, ReadLimits.standard());
  }

  /**
   * Reads the elements below a tag.
   *
   * @throws DicomFormatException if this is no DICOM file, a damaged one, or it exceeds a limit
   */
  public static DicomFile openBefore(Path path, int stopTag, ReadLimits limits) throws IOException {
    try (InputStream in = Files.newInputStream(path);
        DicomInput input = new DicomInput(in, 0, Files.size(path))) {
      FileMeta meta = FileMetaReader.read(input, limits);
      long offset = input.position();
      TransferSyntax transferSyntax = FileMetaReader.transferSyntax(meta, input);
      if (!transferSyntax.deflated()) {
        ValueReader values = ValueReader.ofFile(path, Region.NOT_DEFLATED, limits);
        DataSetParser parser = new DataSetParser(input, transferSyntax, values, limits);
        return new DicomFile(path, meta, transferSyntax, offset, parser.parse(stopTag));
      }
      try (DicomInput inflated = input.inflate(limits)) {
        ValueReader values = ValueReader.ofFile(path, offset, limits);
        DataSetParser parser = new DataSetParser(inflated, transferSyntax, values, limits);
        return new DicomFile(path, meta, transferSyntax, offset, parser.parse(stopTag));
      }
    }
  }

  /**
   * Writes a new file; the transfer syntax is the one that the meta information names.
   *
   * @throws java.nio.file.FileAlreadyExistsException rather than overwrite
   */
  public static void write(Path path, FileMeta meta, DataSet dataSet) throws IOException {
    try (OutputStream out =
        new BufferedOutputStream(
            Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
      write(out, meta, dataSet);
    }
  }

  /** Writes preamble, meta information and data set; the stream stays open. */
  public static void write(OutputStream out, FileMeta meta, DataSet dataSet) throws IOException {
    TransferSyntax transferSyntax =
        TransferSyntax.of(
            meta.transferSyntaxUid()
                .orElseThrow(() -> new IllegalArgumentException("No transfer syntax to write in")));
    meta.write(out);
    new DataSetWriter(LengthEncoding.AS_READ).write(dataSet, transferSyntax, out);
  }
}
