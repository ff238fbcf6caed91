package io.overread.dicom.toolkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DicomFile;
import io.overread.dicom.data.DicomFormatException;
import io.overread.dicom.data.DicomObject;
import io.overread.dicom.data.FileMeta;
import io.overread.dicom.data.GeneratedDataSet;
import io.overread.dicom.data.SharedDicomFiles;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.pixel.DecodedFrame;
import io.overread.dicom.pixel.FrameDecoder;
import io.overread.dicom.pixel.FrameDecoding;
import io.overread.dicom.pixel.PixelLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the product expects of a toolkit's data sets and pixel data, whichever toolkit it is. */
public abstract class FileContract {
  private static final int DATA_SETS = 20;
  private static final long LARGEST_DECODED = 600_000;

  @TempDir Path folder;

  private final DicomToolkit toolkit;

  /** Of a toolkit. */
  protected FileContract(DicomToolkit toolkit) {
    this.toolkit = toolkit;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        Uid.ImplicitVRLittleEndian,
        Uid.ExplicitVRLittleEndian,
        Uid.ExplicitVRBigEndian,
        Uid.DeflatedExplicitVRLittleEndian
      })
  void a_data_set_of_every_representation_is_read_as_it_was_written(String syntax)
      throws Exception {
    for (int seed = 0; seed < DATA_SETS; seed++) {
      Path file = write(new GeneratedDataSet(seed).withNativePixels(), syntax, seed);

      assertSame(file);
    }
  }

  @Test
  void fragments_are_read_as_they_were_written() throws Exception {
    for (int seed = 0; seed < DATA_SETS; seed++) {
      assertSame(write(new GeneratedDataSet(seed).withFragments(), Uid.JPEGLosslessSV1, seed));
    }
  }

  @Test
  void the_shared_files_are_read_as_our_own_parser_reads_them() throws Exception {
    for (Path file : SharedDicomFiles.all()) {
      if (isSound(file)) {
        assertSame(file);
      }
    }
  }

  /** Where a file is damaged or belies its own encoding, toolkits may differ in what they do. */
  private static boolean isSound(Path file) throws IOException {
    try {
      DicomFile own = DicomFile.open(file);
      return own.meta().transferSyntaxUid().filter(own.transferSyntax().uid()::equals).isPresent();
    } catch (DicomFormatException damaged) {
      return false;
    }
  }

  @Test
  void frames_of_the_shared_files_are_those_that_our_own_parser_finds() throws Exception {
    for (Path file : SharedDicomFiles.all()) {
      if (Files.size(file) < LARGEST_DECODED
          && isSound(file)
          && new FrameDecoder(PixelLimits.STANDARD).decode(file, 1) instanceof DecodedFrame own) {
        assertFrame(toolkit.decode(file, 1, PixelLimits.STANDARD), own, file);
      }
    }
  }

  @Test
  void each_frame_is_found() throws Exception {
    byte[] pixels = new byte[3 * 16 * 8 * 2];
    new Random(1).nextBytes(pixels);
    Path file = write(image().putBytes(Tag.PixelData, Vr.OW, pixels), Uid.ExplicitVRBigEndian, 0);
    Path coded =
        write(
            image()
                .putFragments(
                    Tag.PixelData,
                    List.of(
                        RleFrame.of(pixels, 0), RleFrame.of(pixels, 1), RleFrame.of(pixels, 2))),
            Uid.RLELossless,
            1);
    for (int frame = 1; frame <= 3; frame++) {
      DecodedFrame own = (DecodedFrame) new FrameDecoder(PixelLimits.STANDARD).decode(file, frame);
      assertFrame(toolkit.decode(file, frame, PixelLimits.STANDARD), own, file);
      assertFrame(toolkit.decode(coded, frame, PixelLimits.STANDARD), own, coded);
    }
  }

  @Test
  void what_is_no_dicom_file_is_malformed() throws Exception {
    Path file = Files.writeString(folder.resolve("text"), "not DICOM");

    assertThatThrownBy(() -> toolkit.read(file)).isInstanceOf(DicomFormatException.class);
    assertThatThrownBy(() -> toolkit.read(folder.resolve("missing")))
        .isInstanceOf(IOException.class);
  }

  private void assertSame(Path file) throws IOException {
    DicomFile own = DicomFile.open(file);
    DicomObject read = toolkit.read(file);
    assertThat(read.transferSyntax()).as(file.toString()).isEqualTo(own.transferSyntax());
    SameElements.assertSame(own.meta().elements(), read.meta(), file.getFileName().toString());
    SameElements.assertSame(own.dataSet(), read.dataSet(), file.getFileName().toString());
  }

  private static void assertFrame(FrameDecoding read, DecodedFrame own, Path file) {
    assertThat(read).as(file.toString()).isInstanceOf(DecodedFrame.class);
    DecodedFrame decoded = (DecodedFrame) read;
    assertThat(decoded.stored().cells()).as(file.toString()).isEqualTo(own.stored().cells());
  }

  private static DataSet image() {
    return new DataSet()
        .putInteger(Tag.SamplesPerPixel, 1)
        .putString(Tag.PhotometricInterpretation, "MONOCHROME2")
        .putString(Tag.NumberOfFrames, "3")
        .putInteger(Tag.Rows, 8)
        .putInteger(Tag.Columns, 16)
        .putInteger(Tag.BitsAllocated, 16)
        .putInteger(Tag.BitsStored, 16)
        .putInteger(Tag.HighBit, 15)
        .putInteger(Tag.PixelRepresentation, 0);
  }

  private Path write(DataSet dataSet, String syntax, int number) throws IOException {
    Path file = folder.resolve(syntax + "-" + number);
    DicomFile.write(file, FileMeta.of(Uid.CTImageStorage, "1.2.3", syntax), dataSet);
    return file;
  }
}
