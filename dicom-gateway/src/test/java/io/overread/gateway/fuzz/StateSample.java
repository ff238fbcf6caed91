package io.overread.gateway.fuzz;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.pixel.CodedSamples;
import io.overread.dicom.pixel.GeneratedImage;

/** An image with an overlay, and a presentation state of it that uses all that is followed. */
final class StateSample {
  static final String IMAGE_UID = "2.25.1";

  private static final int SIDE = 24;

  private StateSample() {}

  static DataSet image() {
    DataSet image =
        GeneratedImage.octets("MONOCHROME2", SIDE, SIDE, CodedSamples.picture(SIDE, SIDE, 1, 8, 1));
    return overlay(image, 0);
  }

  static DataSet state() {
    DataSet referred = new DataSet().putString(Tag.ReferencedSOPInstanceUID, IMAGE_UID);
    DataSet state =
        new DataSet()
            .putItems(
                Tag.ReferencedSeriesSequence,
                new DataSet().putItems(Tag.ReferencedImageSequence, referred));
    state.putItems(Tag.ModalityLUTSequence, table());
    state.putItems(Tag.SoftcopyVOILUTSequence, new DataSet().putItems(Tag.VOILUTSequence, table()));
    state.putItems(Tag.PresentationLUTSequence, table());
    state.putInteger(Tag.ImageRotation, 90).putString(Tag.ImageHorizontalFlip, "Y");
    state.putItems(
        Tag.DisplayedAreaSelectionSequence,
        new DataSet()
            .putInteger(Tag.DisplayedAreaTopLeftHandCorner, 1, 1)
            .putInteger(Tag.DisplayedAreaBottomRightHandCorner, SIDE, SIDE)
            .putString(Tag.PresentationPixelAspectRatio, "1", "1"));
    shutters(state);
    state.putItems(
        Tag.GraphicLayerSequence,
        new DataSet()
            .putString(Tag.GraphicLayer, "L")
            .putInteger(Tag.GraphicLayerOrder, 1)
            .putInteger(Tag.GraphicLayerRecommendedDisplayCIELabValue, 35589, 53661, 50861));
    state.putString(0x6000_1001, Vr.CS, "L").putString(0x6002_1001, Vr.CS, "L");
    state.putItems(
        Tag.GraphicAnnotationSequence,
        new DataSet()
            .putString(Tag.GraphicLayer, "L")
            .putItems(
                Tag.GraphicObjectSequence,
                graphic("POLYLINE", 1, 1, 5, 5, 9, 2),
                graphic("CIRCLE", 10, 10, 14, 10),
                graphic("ELLIPSE", 2, 8, 12, 8, 7, 5, 7, 11),
                graphic("INTERPOLATED", 1, 1, 5, 9, 9, 1, 12, 12))
            .putItems(Tag.TextObjectSequence, text()));
    return overlay(state, 2);
  }

  private static void shutters(DataSet state) {
    state.putString(Tag.ShutterShape, "RECTANGULAR", "CIRCULAR", "POLYGONAL");
    state.putInteger(Tag.ShutterLeftVerticalEdge, 2).putInteger(Tag.ShutterRightVerticalEdge, 20);
    state.putInteger(Tag.ShutterUpperHorizontalEdge, 1);
    state.putInteger(Tag.ShutterLowerHorizontalEdge, 20);
    state.putInteger(Tag.CenterOfCircularShutter, 9, 9).putInteger(Tag.RadiusOfCircularShutter, 9);
    state.putInteger(Tag.VerticesOfThePolygonalShutter, 1, 1, 1, 20, 20, 1);
    state.putInteger(Tag.ShutterPresentationValue, 0x3000);
  }

  private static DataSet table() {
    DataSet lut = new DataSet().putInteger(Tag.LUTDescriptor, Vr.US, 4, 0, 12);
    return lut.putBytes(Tag.LUTData, Vr.OW, GeneratedImage.words(1, 200, 3000, 4095));
  }

  private static DataSet graphic(String type, double... points) {
    return new DataSet()
        .putString(Tag.GraphicAnnotationUnits, "PIXEL")
        .putString(Tag.GraphicType, type)
        .putDecimal(Tag.GraphicData, points);
  }

  private static DataSet text() {
    DataSet text = new DataSet().putString(Tag.UnformattedTextValue, "one\r\ntwo");
    text.putString(Tag.BoundingBoxAnnotationUnits, "DISPLAY");
    text.putDecimal(Tag.BoundingBoxTopLeftHandCorner, 0.25, 0.5);
    text.putDecimal(Tag.BoundingBoxBottomRightHandCorner, 0.75, 0.75);
    text.putString(Tag.BoundingBoxTextHorizontalJustification, "CENTER");
    text.putString(Tag.AnchorPointAnnotationUnits, "PIXEL");
    text.putDecimal(Tag.AnchorPoint, 3, 4);
    return text.putString(Tag.AnchorPointVisibility, "Y");
  }

  private static DataSet overlay(DataSet dataSet, int groups) {
    int shift = groups << 16;
    dataSet.putInteger(Tag.OverlayRows + shift, SIDE);
    dataSet.putInteger(Tag.OverlayColumns + shift, SIDE);
    dataSet.putString(Tag.OverlayType + shift, Vr.CS, "G");
    dataSet.putInteger(Tag.OverlayOrigin + shift, Vr.SS, 1, 1);
    dataSet.putInteger(Tag.OverlayBitsAllocated + shift, Vr.US, 1);
    dataSet.putInteger(Tag.OverlayBitPosition + shift, Vr.US, 0);
    byte[] bits = new byte[SIDE * SIDE / Byte.SIZE];
    bits[SIDE] = 0x55;
    return dataSet.putBytes(Tag.OverlayData + shift, Vr.OW, bits);
  }
}
