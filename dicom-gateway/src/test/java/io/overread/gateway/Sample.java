package io.overread.gateway;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DataSetWriter;
import io.overread.dicom.data.DicomFile;
import io.overread.dicom.data.FileMeta;
import io.overread.dicom.data.LengthEncoding;
import io.overread.dicom.data.TransferSyntax;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import io.overread.gateway.instance.Arrival;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A small radiograph, made for a test. */
public record Sample(DataSet dataSet, TransferSyntax transferSyntax) {

  public static final String SOP_CLASS = Uid.DigitalXRayImageStorageForPresentation;

  /** Instance {@code number} of study 2.25.{@code study}, in explicit VR little endian. */
  public static Sample of(int study, int number) {
    DataSet dataSet = new DataSet();
    dataSet.putString(Tag.SpecificCharacterSet, "ISO_IR 192");
    dataSet.putString(Tag.SOPClassUID, SOP_CLASS);
    dataSet.putString(Tag.SOPInstanceUID, "2.25." + study + ".1." + number);
    dataSet.putString(Tag.StudyDate, "20261101");
    dataSet.putString(Tag.StudyTime, "080000");
    dataSet.putString(Tag.AccessionNumber, "A" + study);
    dataSet.putString(Tag.Modality, "DX");
    dataSet.putString(Tag.Manufacturer, "Overread");
    dataSet.putString(Tag.StudyDescription, "Chest");
    dataSet.putString(Tag.PatientName, "Doe^Jane");
    dataSet.putString(Tag.PatientID, "P" + study);
    dataSet.putString(Tag.PatientSex, "F");
    dataSet.putString(Tag.BodyPartExamined, "CHEST");
    dataSet.putString(Tag.ViewPosition, "PA");
    dataSet.putString(Tag.StudyInstanceUID, "2.25." + study);
    dataSet.putString(Tag.SeriesInstanceUID, "2.25." + study + ".1");
    dataSet.putString(Tag.StudyID, "");
    dataSet.putInteger(Tag.SeriesNumber, 1);
    dataSet.putInteger(Tag.InstanceNumber, number);
    dataSet.putInteger(Tag.SamplesPerPixel, 1);
    dataSet.putString(Tag.PhotometricInterpretation, "MONOCHROME2");
    dataSet.putInteger(Tag.Rows, 4);
    dataSet.putInteger(Tag.Columns, 4);
    dataSet.putInteger(Tag.BitsAllocated, 8);
    dataSet.putInteger(Tag.BitsStored, 8);
    dataSet.putInteger(Tag.HighBit, 7);
    dataSet.putInteger(Tag.PixelRepresentation, 0);
    byte[] pixels = new byte[16];
    java.util.Arrays.fill(pixels, (byte) number);
    dataSet.putBytes(Tag.PixelData, Vr.OB, pixels);
    return new Sample(dataSet, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
  }

  public Sample with(int tag, String value) {
    DataSet changed = dataSet.copy();
    changed.putString(tag, value);
    return new Sample(changed, transferSyntax);
  }

  public Sample without(int tag) {
    return new Sample(dataSet.copy().remove(tag), transferSyntax);
  }

  public Sample in(TransferSyntax other) {
    return new Sample(dataSet, other);
  }

  public String sopInstanceUid() {
    return dataSet.string(Tag.SOPInstanceUID).orElseThrow();
  }

  public String studyInstanceUid() {
    return dataSet.string(Tag.StudyInstanceUID).orElseThrow();
  }

  public byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      new DataSetWriter(LengthEncoding.AS_READ).write(dataSet, transferSyntax, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** As a DICOM file of a folder. */
  public Path write(Path folder) throws IOException {
    Path file = folder.resolve(sopInstanceUid() + ".dcm");
    DicomFile.write(file, FileMeta.of(SOP_CLASS, sopInstanceUid(), transferSyntax.uid()), dataSet);
    return file;
  }

  public InputStream stream() {
    return new ByteArrayInputStream(bytes());
  }

  /** The request that fits the data set. */
  public Arrival arrival() {
    return new Arrival(SOP_CLASS, sopInstanceUid(), transferSyntax.uid(), "MODALITY1", "192.0.2.1");
  }

  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
