package io.overread.service;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DicomFile;
import io.overread.dicom.data.FileMeta;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** An enhanced CT of two frames with an overlay, and presentation states of grey and of colour. */
final class ViewerSamples {
  static final String STUDY = "2.25.9";
  static final String ENHANCED = "2.25.9.1.1";
  static final String STATE = "2.25.9.2.1";
  private static final int ROWS = 8;
  private static final int COLUMNS = 8;

  private ViewerSamples() {}

  static List<Path> write(Path folder) throws IOException {
    DataSet color = instance(Uid.ColorSoftcopyPresentationStateStorage, 2, 2);
    return List.of(file(folder, enhanced()), file(folder, state()), file(folder, color));
  }

  private static DataSet instance(String sopClass, int series, int number) {
    DataSet dataSet = DataSet.withCharacterSet("ISO_IR 192");
    dataSet.putString(Tag.SOPClassUID, sopClass);
    dataSet.putString(Tag.SOPInstanceUID, STUDY + "." + series + "." + number);
    dataSet.putString(Tag.StudyInstanceUID, STUDY);
    dataSet.putString(Tag.SeriesInstanceUID, STUDY + "." + series);
    dataSet.putString(Tag.PatientName, "Doe^John").putString(Tag.PatientID, "VIEWER");
    dataSet.putString(Tag.Modality, series == 1 ? "CT" : "PR");
    dataSet.putInteger(Tag.SeriesNumber, series).putInteger(Tag.InstanceNumber, number);
    return dataSet;
  }

  private static DataSet enhanced() {
    DataSet image = instance(Uid.EnhancedCTImageStorage, 1, 1);
    image.putInteger(Tag.NumberOfFrames, 2).putInteger(Tag.SamplesPerPixel, 1);
    image.putString(Tag.PhotometricInterpretation, "MONOCHROME2");
    image.putInteger(Tag.Rows, ROWS).putInteger(Tag.Columns, COLUMNS);
    image.putInteger(Tag.BitsAllocated, 16).putInteger(Tag.BitsStored, 12);
    image.putInteger(Tag.HighBit, 11).putInteger(Tag.PixelRepresentation, 0);
    DataSet transformation = new DataSet().putString(Tag.RescaleSlope, "2");
    transformation.putString(Tag.RescaleIntercept, "-1000").putString(Tag.RescaleType, "HU");
    DataSet orientation =
        new DataSet().putString(Tag.ImageOrientationPatient, "1", "0", "0", "0", "1", "0");
    image.putItems(
        Tag.SharedFunctionalGroupsSequence,
        new DataSet()
            .putItems(Tag.PixelValueTransformationSequence, transformation)
            .putItems(
                Tag.PixelMeasuresSequence, new DataSet().putString(Tag.PixelSpacing, "0.5", "0.25"))
            .putItems(Tag.PlaneOrientationSequence, orientation));
    image.putItems(
        Tag.PerFrameFunctionalGroupsSequence,
        frame("50", "LINEAR", "-1", "früh"),
        frame("60", "LINEAR_EXACT", "-2", "spät"));
    image.putInteger(Tag.OverlayRows, 1).putInteger(Tag.OverlayColumns, COLUMNS);
    image.putString(Tag.OverlayType, "G").putInteger(Tag.OverlayOrigin, 1, 1);
    image.putInteger(Tag.OverlayBitsAllocated, 1).putInteger(Tag.OverlayBitPosition, 0);
    image.putBytes(Tag.OverlayData, Vr.OW, new byte[] {0b101, 0});
    byte[] pixels = new byte[2 * 2 * ROWS * COLUMNS];
    for (int at = 0; at < pixels.length; at += 2) {
      pixels[at] = (byte) (at / 2 * 7);
      pixels[at + 1] = 2;
    }
    return image.putBytes(Tag.PixelData, Vr.OW, pixels);
  }

  private static DataSet frame(String center, String function, String z, String label) {
    DataSet content = DataSet.withCharacterSet("ISO_IR 192").putString(Tag.FrameLabel, label);
    DataSet window = new DataSet().putString(Tag.WindowCenter, center);
    window.putString(Tag.WindowWidth, "400").putString(Tag.VOILUTFunction, function);
    DataSet group =
        new DataSet()
            .putItems(Tag.FrameVOILUTSequence, window)
            .putItems(
                Tag.PlanePositionSequence,
                new DataSet().putString(Tag.ImagePositionPatient, "1", "2", z));
    return group.putItems(Tag.FrameContentSequence, content);
  }

  private static DataSet state() {
    DataSet state = instance(Uid.GrayscaleSoftcopyPresentationStateStorage, 2, 1);
    DataSet image = new DataSet().putString(Tag.ReferencedSOPClassUID, Uid.EnhancedCTImageStorage);
    image.putString(Tag.ReferencedSOPInstanceUID, ENHANCED);
    image.putInteger(Tag.ReferencedFrameNumber, 2);
    state.putItems(
        Tag.ReferencedSeriesSequence,
        new DataSet()
            .putString(Tag.SeriesInstanceUID, STUDY + ".1")
            .putItems(Tag.ReferencedImageSequence, image));
    state.putString(Tag.ContentLabel, "TURNED").putString(Tag.ContentDescription, "Turned");
    state.putString(Tag.ContentCreatorName, "Doe^Jane");
    state.putString(Tag.RescaleSlope, "2").putString(Tag.RescaleIntercept, "-1000");
    state.putString(Tag.RescaleType, "HU");
    state.putInteger(Tag.ImageRotation, 90).putString(Tag.ImageHorizontalFlip, "N");
    state.putItems(
        Tag.DisplayedAreaSelectionSequence,
        new DataSet()
            .putInteger(Tag.DisplayedAreaTopLeftHandCorner, 1, ROWS)
            .putInteger(Tag.DisplayedAreaBottomRightHandCorner, COLUMNS, 1)
            .putString(Tag.PresentationSizeMode, "TRUE SIZE")
            .putString(Tag.PresentationPixelSpacing, "0.25", "0.25"));
    return state.putString(Tag.PresentationLUTShape, "IDENTITY");
  }

  private static Path file(Path folder, DataSet dataSet) throws IOException {
    String sopClass = dataSet.string(Tag.SOPClassUID).orElseThrow();
    String instance = dataSet.string(Tag.SOPInstanceUID).orElseThrow();
    Path file = folder.resolve(instance + ".dcm");
    DicomFile.write(
        file, FileMeta.of(sopClass, instance, Uid.ExplicitVRLittleEndian), dataSet);
    return file;
  }
}
