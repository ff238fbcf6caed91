package io.overread.service.synthetic;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DicomFile;
import io.overread.dicom.data.FileMeta;
import io.overread.dicom.data.TransferSyntax;
import io.overread.dicom.data.UidGenerator;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * The demo's studies: one synthetic chest radiograph each, marked as synthetic in header and
 * pixels.
 */
public final class SyntheticChest {
  private static final String COMPUTED_RADIOGRAPHY_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.1";
  private static final int SIZE = 1024;
  private static final int BITS_STORED = 12;
  private static final int BRIGHTEST = (1 << BITS_STORED) - 1;

  private final ChestModel model = ChestModel.load();
  private final UidGenerator uids = new UidGenerator(UUID::randomUUID);
  private final Clock clock;

  public SyntheticChest(Clock clock) {
    this.clock = clock;
  }

  /** Writes one DICOM file a sample into the folder; each is a study with UIDs of its own. */
  public List<SyntheticStudy> write(Path folder) throws IOException {
    List<SyntheticStudy> studies = new ArrayList<>();
    for (int sample = 0; sample < model.samples().size(); sample++) {
      DataSet image = image(sample);
      Path file = folder.resolve("synthetic-chest-" + (sample + 1) + ".dcm");
      DicomFile.write(
          file,
          FileMeta.of(
              COMPUTED_RADIOGRAPHY_IMAGE_STORAGE,
              image.string(Tag.SOPInstanceUID).orElseThrow(),
              TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN.uid()),
          image);
      studies.add(
          new SyntheticStudy(
              file,
              image.string(Tag.StudyInstanceUID).orElseThrow(),
              image.string(Tag.AccessionNumber).orElseThrow(),
              image.string(Tag.StudyDescription).orElseThrow()));
    }
    return studies;
  }

  private DataSet image(int sample) {
    LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), ZoneId.systemDefault());
    String date = now.format(DateTimeFormatter.BASIC_ISO_DATE);
    String time = now.format(DateTimeFormatter.ofPattern("HHmmss", Locale.ROOT));
    String number = Integer.toString(sample + 1);
    return DataSet.withCharacterSet("ISO_IR 192")
        .putString(Tag.ImageType, "DERIVED", "PRIMARY")
        .putString(Tag.SOPClassUID, COMPUTED_RADIOGRAPHY_IMAGE_STORAGE)
        .putString(Tag.SOPInstanceUID, uids.next())
        .putString(Tag.StudyDate, date)
        .putString(Tag.SeriesDate, date)
        .putString(Tag.ContentDate, date)
        .putString(Tag.StudyTime, time)
        .putString(Tag.ContentTime, time)
        .putString(Tag.AccessionNumber, "SYN" + date + "-" + number)
        .putString(Tag.Modality, "CR")
        .putString(Tag.Manufacturer, "Overread")
        .putEmpty(Tag.ReferringPhysicianName)
        .putString(Tag.StudyDescription, "SYNTHETIC chest radiograph " + number)
        .putString(Tag.SeriesDescription, "SYNTHETIC PA")
        .putString(Tag.ManufacturerModelName, "synthetic chest")
        .putString(Tag.PatientName, "SYNTHETIC^CHEST " + number)
        .putString(Tag.PatientID, "SYNTHETIC-" + number)
        .putEmpty(Tag.PatientBirthDate)
        .putString(Tag.PatientSex, "O")
        .putString(
            Tag.PatientComments, "Synthetic image, drawn from a statistical model. No patient.")
        .putString(Tag.BodyPartExamined, "CHEST")
        .putString(Tag.ViewPosition, "PA")
        .putString(Tag.StudyInstanceUID, uids.next())
        .putString(Tag.SeriesInstanceUID, uids.next())
        .putString(Tag.StudyID, "SYN" + number)
        .putString(Tag.SeriesNumber, "1")
        .putString(Tag.InstanceNumber, "1")
        .putString(Tag.ImageComments, "SYNTHETIC")
        .putInteger(Tag.SamplesPerPixel, 1)
        .putString(Tag.PhotometricInterpretation, "MONOCHROME2")
        .putInteger(Tag.Rows, SIZE)
        .putInteger(Tag.Columns, SIZE)
        .putString(Tag.PixelSpacing, "0.4", "0.4")
        .putInteger(Tag.BitsAllocated, 16)
        .putInteger(Tag.BitsStored, BITS_STORED)
        .putInteger(Tag.HighBit, BITS_STORED - 1)
        .putInteger(Tag.PixelRepresentation, 0)
        .putString(Tag.BurnedInAnnotation, "YES")
        .putString(Tag.WindowCenter, Integer.toString((BRIGHTEST + 1) / 2))
        .putString(Tag.WindowWidth, Integer.toString(BRIGHTEST + 1))
        .putBytes(Tag.PixelData, Vr.OW, pixels(sample));
  }

  private byte[] pixels(int sample) {
    if (model.width() != model.height()) {
      throw new IllegalStateException("the synthetic samples have to be square");
    }
    float[] enlarged = Enlargement.of(model.image(sample), model.width(), SIZE);
    short[] stored = new short[enlarged.length];
    for (int i = 0; i < stored.length; i++) {
      stored[i] = (short) Math.clamp(Math.round(enlarged[i] / 255f * BRIGHTEST), 0, BRIGHTEST);
    }
    Stamp.on(stored, SIZE, SIZE, 3, (short) BRIGHTEST);
    ByteBuffer bytes = ByteBuffer.allocate(stored.length * 2).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(stored);
    return bytes.array();
  }
}
