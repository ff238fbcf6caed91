package io.overread.gateway.dicomweb.model;

import io.overread.dicom.data.Bytes;
import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.Element;
import io.overread.dicom.data.TagNumber;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;

/** A data set with every value representation, made for a test; no object is like this. */
public final class EveryRepresentation {

  private EveryRepresentation() {}

  /** In the repertoire of Latin-1, so that a model has to change it. */
  public static DataSet dataSet() {
    DataSet dataSet = DataSet.withCharacterSet("ISO_IR 100");
    dataSet.putString(Tag.RetrieveAETitle, Vr.AE, "ONE", "TWO");
    dataSet.putString(Tag.PatientAge, Vr.AS, "042Y");
    dataSet.putInteger(Tag.FrameIncrementPointer, Vr.AT, 0x0018_1063, 0x7FE0_0010L);
    dataSet.putString(Tag.ImageType, Vr.CS, "ORIGINAL", "PRIMARY", "", "OTHER");
    dataSet.putString(Tag.StudyDate, Vr.DA, "20261101");
    dataSet.putString(Tag.ImagePositionPatient, Vr.DS, "-1.25", "0", "1e3");
    dataSet.putString(Tag.AcquisitionDateTime, Vr.DT, "20261101080000.123456+0100");
    dataSet.putInteger(Tag.SeriesNumber, Vr.IS, -12);
    dataSet.putString(Tag.StudyDescription, Vr.LO, "Thorax à deux");
    dataSet.putString(Tag.AdditionalPatientHistory, Vr.LT, "a \\ backslash\r\nand a line");
    dataSet.putString(Tag.PatientName, Vr.PN, "Müller^Jürgen^^Dr.");
    dataSet.putString(
        Tag.OtherPatientNames, Vr.PN, "One^Name", "Other^Name=Ideo^Graphic=Phon^Etic");
    dataSet.putString(Tag.AccessionNumber, Vr.SH, "A 1");
    dataSet.putString(Tag.ReferringPhysicianAddress, Vr.ST, "Straße 1");
    dataSet.putString(Tag.StudyTime, Vr.TM, "0800");
    dataSet.putString(Tag.LongCodeValue, Vr.UC, "long");
    dataSet.putString(Tag.SOPInstanceUID, Vr.UI, "2.25.1");
    dataSet.putString(Tag.RetrieveURL, Vr.UR, "https://example.org/a?b=c");
    dataSet.putString(Tag.TextValue, Vr.UT, "unlimited");
    dataSet.put(new Element(Tag.PatientID, Vr.LO, Bytes.empty()));
    numbers(dataSet);
    DataSet inner = DataSet.withCharacterSet("ISO_IR 144").putString(Tag.CodeMeaning, "Люкceмбypг");
    DataSet item =
        new DataSet()
            .putString(Tag.CodeValue, "121071")
            .putItems(Tag.EquivalentCodeSequence, inner, new DataSet());
    dataSet.putItems(Tag.ProcedureCodeSequence, item);
    dataSet.putItems(Tag.ReferencedStudySequence);
    dataSet.putString(TagNumber.of(0x0029, 0x0010), Vr.LO, "OVERREAD TEST");
    dataSet.putString(TagNumber.of(0x0029, 0x1001), Vr.LO, "privé");
    dataSet.putBytes(TagNumber.of(0x0029, 0x1002), Vr.UN, new byte[] {1, 2, 3, 4});
    return dataSet;
  }

  private static void numbers(DataSet dataSet) {
    dataSet.putInteger(Tag.Rows, Vr.US, 65_535);
    dataSet.putInteger(Tag.SmallestImagePixelValue, Vr.SS, -5);
    dataSet.putInteger(Tag.SimpleFrameList, Vr.UL, 1, 4_294_967_295L);
    dataSet.putInteger(Tag.ReferencePixelX0, Vr.SL, -2_000_000_000);
    dataSet.putDecimal(Tag.RecommendedDisplayFrameRateInFloat, 12.5);
    dataSet.putDecimal(Tag.ExaminedBodyThickness, 0.5);
    dataSet.putDecimal(Tag.ExposureTimeInms, 1.0 / 3);
    dataSet.putInteger(Tag.SelectorSVValue, Vr.SV, -9_007_199_254_740_992L, 7);
    dataSet.putInteger(Tag.SelectorUVValue, Vr.UV, 42);
    dataSet.putBytes(Tag.EncapsulatedDocument, Vr.OB, new byte[] {1, 2, 3, 0});
    dataSet.putBytes(Tag.RedPaletteColorLookupTableData, Vr.OW, new byte[] {1, 0, 2, 0});
    dataSet.putBytes(Tag.SelectorOFValue, Vr.OF, new byte[] {0, 0, 0x20, 0x41});
    dataSet.putBytes(Tag.SelectorODValue, Vr.OD, new byte[8]);
    dataSet.putBytes(Tag.SelectorOLValue, Vr.OL, new byte[] {1, 0, 0, 0});
    dataSet.putBytes(Tag.SelectorOVValue, Vr.OV, new byte[] {1, 0, 0, 0, 0, 0, 0, 0});
  }
}
