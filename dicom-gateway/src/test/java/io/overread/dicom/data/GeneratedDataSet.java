package io.overread.dicom.data;

import io.overread.dicom.dictionary.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Data sets of every representation and shape, the same for the same seed. */
public final class GeneratedDataSet {

  private static final int MAXIMUM_DEPTH = 3;

  private final Random random;

  /** That of the seed. */
  public GeneratedDataSet(long seed) {
    this.random = new Random(seed);
  }

  /** With native pixel data of 16 bits. */
  public DataSet withNativePixels() {
    DataSet dataSet = DataSet.withCharacterSet("ISO_IR 192");
    fill(dataSet, 0);
    return dataSet.putBytes(Tag.PixelData, Vr.OW, bytes(2 * (1 + random.nextInt(500))));
  }

  /** With encapsulated pixel data. */
  public DataSet withFragments() {
    DataSet dataSet = DataSet.withCharacterSet("ISO_IR 100");
    fill(dataSet, 0);
    List<byte[]> fragments = new ArrayList<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      fragments.add(bytes(2 * random.nextInt(200)));
    }
    return dataSet.putFragments(Tag.PixelData, fragments);
  }

  private void fill(DataSet dataSet, int depth) {
    for (Vr vr : Vr.values()) {
      if (random.nextInt(3) > 0) {
        value(dataSet, depth, vr);
      }
    }
    PrivateBlock block = PrivateBlock.reserve(dataSet, 0x0029, "OVERREAD TEST");
    dataSet.putBytes(block.tag(1), Vr.UN, bytes(2 * random.nextInt(20)));
  }

  private void value(DataSet dataSet, int depth, Vr vr) {
    int tag = tagOf(vr);
    switch (vr) {
      case SQ -> {
        if (depth < MAXIMUM_DEPTH) {
          sequence(dataSet, depth, Tag.ReferencedSeriesSequence);
          sequence(dataSet, depth, Tag.ReferencedStudySequence);
        }
      }
      case UN -> dataSet.putEmpty(tag);
      case FL, FD, OF, OD -> dataSet.putDecimal(tag, random.nextGaussian(), -0.0, 1e30);
      case DS -> dataSet.putDecimal(tag, random.nextInt(1000) / 8.0);
      case IS, US, UL, UV, SV, SL, SS, OL, OV ->
          dataSet.putInteger(tag, random.nextInt(0x7FFF), 0, 0x7FFF);
      case AT -> dataSet.putInteger(tag, Integer.toUnsignedLong(Tag.PatientName));
      case OB, OW -> dataSet.putBytes(tag, vr, bytes(2 * random.nextInt(50)));
      case PN, LO, SH, UC -> dataSet.putString(tag, text(), text());
      case LT, ST, UT -> dataSet.putString(tag, text() + "\r\n" + text());
      case UI -> dataSet.putString(tag, "1.2." + random.nextInt(1 << 30));
      default -> dataSet.putString(tag, "A" + random.nextInt(100));
    }
  }

  private void sequence(DataSet dataSet, int depth, int tag) {
    List<DataSet> items = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      DataSet item = new DataSet();
      item.undefinedLength(random.nextBoolean());
      dataSet.putItems(tag, item); // Gives the item the character set of what encloses it.
      fill(item, depth + 1);
      items.add(item);
    }
    dataSet.put(new Element(tag, Vr.SQ, new Sequence(items, random.nextBoolean())));
  }

  private String text() {
    return "é".repeat(random.nextInt(3)) + "Text " + random.nextInt(1000);
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static int tagOf(Vr vr) {
    return switch (vr) {
      case AE -> Tag.RetrieveAETitle;
      case AS -> Tag.PatientAge;
      case AT -> Tag.FrameIncrementPointer;
      case CS -> Tag.Modality;
      case DA -> Tag.StudyDate;
      case DS -> Tag.SliceThickness;
      case DT -> Tag.AcquisitionDateTime;
      case FD -> Tag.RealWorldValueSlope;
      case FL -> Tag.RecommendedDisplayFrameRateInFloat;
      case IS -> Tag.InstanceNumber;
      case LO -> Tag.StudyDescription;
      case LT -> Tag.PatientComments;
      case OB -> Tag.ICCProfile;
      case OD -> Tag.DoubleFloatPixelData;
      case OF -> Tag.FloatPixelData;
      case OL -> Tag.LongPrimitivePointIndexList;
      case OV -> Tag.ExtendedOffsetTable;
      case OW -> Tag.RedPaletteColorLookupTableData;
      case PN -> Tag.PatientName;
      case SH -> Tag.StationName;
      case SL -> Tag.DisplayedAreaTopLeftHandCorner;
      case SQ -> Tag.ReferencedSeriesSequence;
      case SS -> Tag.TagAngleSecondAxis;
      case ST -> Tag.InstitutionAddress;
      case SV -> Tag.SelectorSVValue;
      case TM -> Tag.StudyTime;
      case UC -> Tag.LongCodeValue;
      case UI -> Tag.SOPInstanceUID;
      case UL -> Tag.SimpleFrameList;
      case UN -> Tag.SelectorUNValue;
      case UR -> Tag.RetrieveURL;
      case US -> Tag.Rows;
      case UT -> Tag.TextValue;
      case UV -> Tag.SelectorUVValue;
    };
  }
}
