package io.overread.dicom.data;

import java.io.IOException;
import java.util.Arrays;

/**
 * Finds out how a file starts: with preamble and meta information (PS3.10 7.1), with meta
 * information alone, or with its data set.
 */
final class FileMetaReader {

  private static final int HEAD = FileMeta.PREAMBLE + FileMeta.PREFIX.length;

  private FileMetaReader() {}

  /** Leaves the input where the data set starts. */
  static FileMeta read(DicomInput input, ReadLimits limits) throws IOException {
    byte[] head = input.peek(HEAD + 2);
    if (head.length == HEAD + 2 && hasPrefix(head)) {
      // The four letters can also occur there by chance, in a file that has no preamble.
      boolean metaFollows = isMetaGroup(head, HEAD);
      if (metaFollows || TransferSyntaxDetection.detect(input).isEmpty()) {
        byte[] preamble = input.bytes(FileMeta.PREAMBLE, 0);
        input.skip(FileMeta.PREFIX.length, 0);
        return new FileMeta(preamble, elements(input, limits));
      }
      return FileMeta.absent();
    }
    return head.length >= 2 && isMetaGroup(head, 0)
        ? new FileMeta(new byte[0], elements(input, limits))
        : FileMeta.absent();
  }

  /** What the meta information names, or else what the data set's first element shows. */
  static TransferSyntax transferSyntax(FileMeta meta, DicomInput input) throws IOException {
    String uid = meta.transferSyntaxUid().orElse("");
    if (!uid.isEmpty()) {
      TransferSyntax claimed = TransferSyntax.of(uid);
      return claimed.deflated() ? claimed : TransferSyntaxDetection.correct(claimed, input);
    }
    return TransferSyntaxDetection.detect(input)
        .orElseThrow(
            () ->
                new DicomFormatException(
                    0, input.position(), "this is not a DICOM file, or its encoding is not known"));
  }

  /** By group rather than by group length, which some files lack or get wrong. */
  private static DataSet elements(DicomInput input, ReadLimits limits) throws IOException {
    return new DataSetParser(
            input, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, ValueReader.ofStream(limits), limits)
        .parseGroup(FileMeta.GROUP);
  }

  private static boolean hasPrefix(byte[] head) {
    return Arrays.equals(head, FileMeta.PREAMBLE, HEAD, FileMeta.PREFIX, 0, FileMeta.PREFIX.length);
  }

  private static boolean isMetaGroup(byte[] head, int at) {
    return head[at] == FileMeta.GROUP && head[at + 1] == 0;
  }
}
