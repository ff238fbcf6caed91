package io.overread.gateway.dicomweb.retrieve;

import io.overread.dicom.data.DicomFile;
import io.overread.dicom.pixel.DecodedFrame;
import io.overread.dicom.pixel.FrameDecoder;
import io.overread.dicom.pixel.FrameReader;
import io.overread.dicom.pixel.PixelLimits;
import io.overread.dicom.pixel.StoredFrame;
import io.overread.dicom.pixel.Undecodable;
import io.overread.gateway.dicomweb.DicomwebProblem;
import java.io.IOException;
import java.util.concurrent.Semaphore;

/** Frames as they are stored, and decoded. As many at a time as there are processors. */
public final class Frames {

  private final FrameReader reader;
  private final FrameDecoder decoder;
  private final Semaphore turns = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

  /** Frames within limits. */
  public Frames(PixelLimits limits) {
    this.reader = new FrameReader(limits);
    this.decoder = new FrameDecoder(limits);
  }

  /**
   * A frame's bytes without delimiters and not decoded.
   *
   * @throws DicomwebProblem 404 if there is no such frame, 406 if it can't be told apart
   */
  byte[] stored(DicomFile file, int frame) throws IOException {
    turns.acquireUninterruptibly();
    try {
      return switch (reader.read(file.dataSet(), frame)) {
        case StoredFrame(byte[] bytes) -> bytes;
        case Undecodable undecodable -> throw problem(undecodable);
      };
    } finally {
      turns.release();
    }
  }

  /**
   * A decoded frame.
   *
   * @throws DicomwebProblem 404 if there is no such frame, 406 if it can't be decoded
   */
  DecodedFrame decoded(DicomFile file, int frame) throws IOException {
    turns.acquireUninterruptibly();
    try {
      return switch (decoder.decode(file.transferSyntax(), file.dataSet(), frame)) {
        case DecodedFrame decoded -> decoded;
        case Undecodable undecodable -> throw problem(undecodable);
      };
    } finally {
      turns.release();
    }
  }

  /** A decoded frame's cells: the samples of a pixel together, little endian. */
  byte[] cells(DicomFile file, int frame) throws IOException {
    var cells = decoded(file, frame).stored().cells();
    byte[] bytes = new byte[cells.remaining()];
    cells.get(bytes);
    return bytes;
  }

  static DicomwebProblem problem(Undecodable undecodable) {
    return switch (undecodable.cause()) {
      case ABSENT -> DicomwebProblem.notFound("There is no such frame: " + undecodable.reason());
      case UNSUPPORTED, MALFORMED, TOO_LARGE ->
          DicomwebProblem.notAcceptable("It can't be decoded: " + undecodable.reason());
    };
  }
}
