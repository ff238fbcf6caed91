package io.overread.gateway.query;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DataSetWriter;
import io.overread.dicom.data.DicomFile;
import io.overread.dicom.data.DicomFormatException;
import io.overread.dicom.data.Element;
import io.overread.dicom.data.LengthEncoding;
import io.overread.dicom.data.Region;
import io.overread.dicom.data.TransferSyntax;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.pixel.DecodedFrame;
import io.overread.dicom.pixel.FrameDecoder;
import io.overread.dicom.pixel.FrameRaster;
import io.overread.dicom.pixel.Presentation;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes data sets anew in a native transfer syntax, for peers that take no other: frame by frame,
 * so that memory does not grow with their number. Identity and values stay (PS3.4 C.4.2.2.1).
 */
final class Decompression {

  /** A value has a length of 32 bits. */
  private static final long LONGEST_PIXEL_DATA = 0xFFFF_FFFEL;

  private final FrameDecoder decoder;

  Decompression(FrameDecoder decoder) {
    this.decoder = decoder;
  }

  /**
   * Writes a file's data set.
   *
   * @param target a native, not deflated transfer syntax
   * @param pixels an empty file for the frames
   * @param out where the data set goes
   * @throws IOException when the file can't be read, or its pixel data can't be had in the target
   */
  void write(Path file, TransferSyntax target, Path pixels, OutputStream out) throws IOException {
    try {
      DicomFile dicom = DicomFile.open(file);
      DataSet dataSet = dicom.dataSet().copy();
      if (dicom.transferSyntax().encapsulated() && dataSet.contains(Tag.PixelData)) {
        decode(dicom, dataSet, pixels);
      }
      new DataSetWriter(LengthEncoding.AS_READ).write(dataSet, target, out);
    } catch (DicomFormatException e) {
      throw new IOException("a stored file is malformed", e);
    }
  }

  private void decode(DicomFile dicom, DataSet dataSet, Path pixels) throws IOException {
    if (dataSet.integer(Tag.BitsAllocated).orElse(0) % Byte.SIZE != 0) {
      throw new IOException("cells of less than a byte are not decompressed");
    }
    int frames = Math.max(1, dataSet.integer(Tag.NumberOfFrames).orElse(1));
    DecodedFrame first = decode(dicom, 1);
    requireRoom(first.stored(), frames);
    describe(dataSet, first);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(pixels));
        WritableByteChannel channel = Channels.newChannel(out)) {
      channel.write(first.stored().cells());
      for (int frame = 2; frame <= frames; frame++) {
        DecodedFrame decoded = decode(dicom, frame);
        if (!isAlike(first, decoded)) {
          throw new IOException("frames of different forms");
        }
        channel.write(decoded.stored().cells());
      }
    }
    Region region =
        new Region(pixels, 0, Files.size(pixels), ByteOrder.LITTLE_ENDIAN, Region.NOT_DEFLATED);
    boolean octets = first.stored().bits() == Byte.SIZE;
    dataSet.put(new Element(Tag.PixelData, octets ? Vr.OB : Vr.OW, region));
    dataSet.remove(Tag.ExtendedOffsetTable).remove(Tag.ExtendedOffsetTableLengths);
  }

  private DecodedFrame decode(DicomFile dicom, int frame) throws IOException {
    if (decoder.decode(dicom.transferSyntax(), dicom.dataSet(), frame)
        instanceof DecodedFrame decoded) {
      return decoded;
    }
    throw new IOException("frame " + frame + " can't be decoded");
  }

  private static void requireRoom(FrameRaster raster, int frames) throws IOException {
    if ((long) raster.cells().remaining() * frames > LONGEST_PIXEL_DATA) {
      throw new IOException("too long for one value once it is decompressed");
    }
  }

  private static boolean isAlike(DecodedFrame first, DecodedFrame other) {
    FrameRaster one = first.stored();
    FrameRaster two = other.stored();
    return one.bits() == two.bits()
        && one.signed() == two.signed()
        && one.cells().remaining() == two.cells().remaining()
        && interpretation(first).equals(interpretation(other));
  }

  /** What the Image Pixel Module says of the samples as they are now (PS3.3 C.7.6.3). */
  private static void describe(DataSet dataSet, DecodedFrame decoded) {
    FrameRaster raster = decoded.stored();
    int bitsStored = Math.min(decoded.bits().bitsStored(), raster.bits());
    dataSet.putInteger(Tag.BitsAllocated, raster.bits());
    dataSet.putInteger(Tag.BitsStored, bitsStored);
    dataSet.putInteger(Tag.HighBit, bitsStored - 1);
    dataSet.putInteger(Tag.PixelRepresentation, raster.signed() ? 1 : 0);
    if (raster.samplesPerPixel() > 1) {
      dataSet.putInteger(Tag.PlanarConfiguration, 0);
      dataSet.putString(Tag.PhotometricInterpretation, interpretation(decoded));
    }
  }

  private static String interpretation(DecodedFrame decoded) {
    return decoded.presentation() instanceof Presentation.Color color
            && color.luminanceChrominance()
        ? "YBR_FULL"
        : "RGB";
  }
}
