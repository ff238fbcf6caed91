package io.overread.gateway.dicomweb.retrieve;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DataSetWriter;
import io.overread.dicom.data.DicomFile;
import io.overread.dicom.data.Element;
import io.overread.dicom.data.FileMeta;
import io.overread.dicom.data.LengthEncoding;
import io.overread.dicom.data.TransferSyntax;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.pixel.DecodedFrame;
import io.overread.dicom.pixel.FrameRaster;
import io.overread.dicom.pixel.Presentation;
import io.overread.gateway.dicomweb.DicomwebProblem;
import io.overread.gateway.instance.StoredInstance;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Writes stored instances anew in explicit VR little endian, frame by frame. */
public final class ExplicitLittleEndian {

  private static final long LONGEST_VALUE = 0xFFFF_FFFEL;

  private final Frames frames;

  /** Decodes where it has to. */
  public ExplicitLittleEndian(Frames frames) {
    this.frames = frames;
  }

  /**
   * Makes sure that an instance can be converted.
   *
   * @throws DicomwebProblem 406 if it can't
   */
  void require(StoredInstance instance) throws IOException {
    DicomFile file = Holdings.open(instance);
    if (file.transferSyntax().encapsulated() && file.dataSet().contains(Tag.PixelData)) {
      pixelDataLength(file, frames.decoded(file, 1).stored());
    }
  }

  /** Writes a DICOM file; the stream stays open. */
  void write(StoredInstance instance, OutputStream out) throws IOException {
    DicomFile file = Holdings.open(instance);
    FileMeta.of(instance.sopClassUid(), instance.sopInstanceUid(), Uid.ExplicitVRLittleEndian)
        .write(out);
    DataSetWriter writer = new DataSetWriter(LengthEncoding.AS_READ);
    if (!file.transferSyntax().encapsulated() || !file.dataSet().contains(Tag.PixelData)) {
      writer.write(file.dataSet(), TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, out);
      return;
    }
    DecodedFrame first = frames.decoded(file, 1);
    DataSet header = header(file.dataSet(), first);
    writer.write(header, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, out);
    long length = pixelDataLength(file, first.stored());
    pixelDataHeader(out, first.stored().bits() > Byte.SIZE ? "OW" : "OB", length + length % 2);
    for (int frame = 1; frame <= numberOfFrames(file); frame++) {
      byte[] cells = frames.cells(file, frame);
      if ((long) cells.length * numberOfFrames(file) != length) {
        throw new IOException("the frames of an instance differ in size");
      }
      out.write(cells);
    }
    if (length % 2 != 0) {
      out.write(0);
    }
  }

  /** All that precedes the pixel data, describing what decoding makes of it. */
  private static DataSet header(DataSet dataSet, DecodedFrame frame) {
    FrameRaster raster = frame.stored();
    DataSet header = dataSet.copy();
    List.copyOf(header.elements()).stream()
        .map(Element::tag)
        .filter(tag -> Integer.compareUnsigned(tag, Tag.PixelData) >= 0)
        .forEach(header::remove);
    header.remove(Tag.ExtendedOffsetTable).remove(Tag.ExtendedOffsetTableLengths);
    if (raster.bits() != dataSet.integer(Tag.BitsAllocated).orElse(0)) {
      header.putInteger(Tag.BitsAllocated, raster.bits());
    }
    if (raster.samplesPerPixel() > 1) {
      boolean ybr =
          frame.presentation() instanceof Presentation.Color color && color.luminanceChrominance();
      header.putInteger(Tag.PlanarConfiguration, 0);
      header.putString(Tag.PhotometricInterpretation, ybr ? "YBR_FULL" : "RGB");
    }
    return header;
  }

  private static long pixelDataLength(DicomFile file, FrameRaster raster) {
    long length = (long) raster.cells().remaining() * numberOfFrames(file);
    if (length > LONGEST_VALUE) {
      throw DicomwebProblem.notAcceptable("The pixel data is too long for explicit VR.");
    }
    return length;
  }

  private static int numberOfFrames(DicomFile file) {
    return Math.max(1, file.dataSet().integer(Tag.NumberOfFrames).orElse(1));
  }

  /** (7FE0,0010) with a 32-bit length (PS3.5 7.1.2). */
  private static void pixelDataHeader(OutputStream out, String vr, long length) throws IOException {
    byte[] header = {
      (byte) 0xE0, 0x7F, 0x10, 0x00, (byte) vr.charAt(0), (byte) vr.charAt(1), 0, 0, 0, 0, 0, 0
    };
    for (int index = 0; index < Integer.BYTES; index++) {
      header[8 + index] = (byte) (length >>> (index * Byte.SIZE));
    }
    out.write(header);
  }
}
