import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DicomFile;
import io.overread.dicom.data.FileMeta;
import io.overread.dicom.data.TransferSyntax;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Generated images of one study. Their UIDs hold a number, so that each sending is of new ones. */
record Images(String sopClass, List<Path> files, int pixelBytes) {

  private static final TransferSyntax SYNTAX = TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;

  static Images ct(Path folder, int count) throws IOException {
    return of(folder, Uid.CTImageStorage, "CT", count, 512, 512);
  }

  static Images radiographs(Path folder, int count) throws IOException {
    return of(folder, Uid.DigitalXRayImageStorageForPresentation, "DX", count, 2896, 2896);
  }

  private static Images of(
      Path folder, String sopClass, String modality, int count, int rows, int columns)
      throws IOException {
    Files.createDirectories(folder);
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      files.add(folder.resolve("%05d.dcm".formatted(i)));
    }
    Images images = new Images(sopClass, files, rows * columns * 2);
    images.renumber(1, modality, rows, columns);
    return images;
  }

  String modality() {
    return sopClass.equals(Uid.CTImageStorage) ? "CT" : "DX";
  }

  Images renumbered(int sending) throws IOException {
    int side = modality().equals("CT") ? 512 : 2896;
    renumber(sending, modality(), side, side);
    return this;
  }

  Images first(int count) {
    return new Images(sopClass, files.subList(0, Math.min(count, files.size())), pixelBytes);
  }

  String sopInstanceUid(int sending, int number) {
    return "1.2.826.0.1.3680043.9.9999." + sending + ".1." + number;
  }

  /** Incompressible pixels, the same for all: nothing reads them but digests. */
  private void renumber(int sending, String modality, int rows, int columns) throws IOException {
    byte[] pixels = new byte[pixelBytes];
    new Random(1).nextBytes(pixels);
    for (int i = 0; i < files.size(); i++) {
      DataSet dataSet = new DataSet();
      dataSet.putString(Tag.SOPClassUID, sopClass);
      dataSet.putString(Tag.SOPInstanceUID, sopInstanceUid(sending, i));
      dataSet.putString(Tag.StudyDate, "20261101");
      dataSet.putString(Tag.StudyTime, "080000");
      dataSet.putString(Tag.Modality, modality);
      dataSet.putString(Tag.PatientName, "Benchmark^" + modality);
      dataSet.putString(Tag.PatientID, "BENCHMARK");
      dataSet.putString(Tag.StudyInstanceUID, "1.2.826.0.1.3680043.9.9999." + sending);
      dataSet.putString(Tag.SeriesInstanceUID, "1.2.826.0.1.3680043.9.9999." + sending + ".1");
      dataSet.putInteger(Tag.SeriesNumber, 1);
      dataSet.putInteger(Tag.InstanceNumber, i + 1);
      dataSet.putInteger(Tag.SamplesPerPixel, 1);
      dataSet.putString(Tag.PhotometricInterpretation, "MONOCHROME2");
      dataSet.putInteger(Tag.Rows, rows);
      dataSet.putInteger(Tag.Columns, columns);
      dataSet.putInteger(Tag.BitsAllocated, 16);
      dataSet.putInteger(Tag.BitsStored, 16);
      dataSet.putInteger(Tag.HighBit, 15);
      dataSet.putInteger(Tag.PixelRepresentation, 0);
      dataSet.putBytes(Tag.PixelData, Vr.OW, pixels);
      Files.deleteIfExists(files.get(i));
      DicomFile.write(
          files.get(i),
          FileMeta.of(sopClass, sopInstanceUid(sending, i), SYNTAX.uid()),
          dataSet);
    }
  }
}
