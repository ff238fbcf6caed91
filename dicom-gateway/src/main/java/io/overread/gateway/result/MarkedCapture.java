package io.overread.gateway.result;

import static io.overread.gateway.result.CodedConcept.dcm;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import io.overread.gateway.render.FrameRenderer;
import io.overread.gateway.render.NotRendered;
import io.overread.gateway.render.RenderedImage;
import io.overread.gateway.result.ReportToDeliver.Finding;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The image that was read, with what was found drawn on it (PS3.3 A.8.1). */
final class MarkedCapture {

  /** Of the part of the body, which the capture shows too (PS3.3 C.7.3.1). */
  private static final int[] ANATOMY = {Tag.BodyPartExamined, Tag.Laterality};

  /** Body parts of which there are two, PS3.16 Annex L. */
  private static final Set<String> PAIRED =
      Set.of(
          "ANKLE",
          "ARM",
          "BREAST",
          "CALCANEUS",
          "CLAVICLE",
          "EAR",
          "ELBOW",
          "EXTREMITY",
          "EYE",
          "FEMUR",
          "FINGER",
          "FOOT",
          "FOREARM",
          "HAND",
          "HIP",
          "HUMERUS",
          "KIDNEY",
          "KNEE",
          "LEG",
          "SCAPULA",
          "SHOULDER",
          "THUMB",
          "TOE",
          "WRIST");

  /** How a source that went through lossy compression says so (PS3.3 C.7.6.1.1.5). */
  private static final int[] LOSSY = {
    Tag.LossyImageCompression, Tag.LossyImageCompressionRatio, Tag.LossyImageCompressionMethod
  };

  private MarkedCapture() {}

  /**
   * Makes the object.
   *
   * @throws NotBuiltException when its image can't be rendered
   */
  static DataSet of(ResultObject object, FrameRenderer renderer) throws IOException {
    SourceStudy.Image shown = object.source().shown();
    int frame = frame(object, shown);
    return switch (renderer.render(shown.path(), frame, null)) {
      case NotRendered not ->
          throw new NotBuiltException("the image can't be rendered: " + not.reason());
      case RenderedImage rendered -> of(object, shown, frame, rendered);
    };
  }

  private static DataSet of(
      ResultObject object, SourceStudy.Image shown, int frame, RenderedImage rendered)
      throws IOException {
    DataSet capture = object.begin();
    capture.putString(Tag.ConversionType, "WSD");
    capture.putString(Tag.ImageType, "DERIVED", "SECONDARY");
    capture.putEmpty(Tag.PatientOrientation);
    putAnatomy(object.source().header(), capture);
    capture.putString(Tag.BurnedInAnnotation, "YES");
    capture.putString(
        Tag.DerivationDescription, "Rendered, with the model's findings and regions drawn on it");
    object.putDateTime(capture, Tag.DateOfSecondaryCapture, Tag.TimeOfSecondaryCapture);
    DataSet reference = shown.reference(object.repertoire());
    if (shown.frames() > 1) {
      reference.putString(Tag.ReferencedFrameNumber, Integer.toString(frame));
    }
    reference.putItems(
        Tag.PurposeOfReferenceCodeSequence,
        dcm("121322", "Source image for image processing operation").item(object.repertoire()));
    capture.putItems(Tag.SourceImageSequence, reference);
    for (int tag : LOSSY) {
      object.source().header().find(tag).ifPresent(capture::put);
    }
    putPixels(capture, MarkedImage.draw(rendered, notices(object), onIt(object, shown, frame)));
    return capture;
  }

  /**
   * Laterality is of type 2C: empty where it is unknown, absent where there is but one such part.
   */
  private static void putAnatomy(DataSet source, DataSet capture) {
    String bodyPart = source.string(Tag.BodyPartExamined).orElse("");
    if (bodyPart.isEmpty() || PAIRED.contains(bodyPart)) {
      capture.putEmpty(Tag.Laterality);
    }
    for (int tag : ANATOMY) {
      source.find(tag).ifPresent(capture::put);
    }
  }

  private static int frame(ResultObject object, SourceStudy.Image shown) {
    return object.report().findings().stream()
        .filter(finding -> finding.image().sopInstanceUid().equals(shown.sopInstanceUid()))
        .map(finding -> finding.image().frame())
        .findFirst()
        .orElse((shown.frames() + 1) / 2);
  }

  private static List<Finding> onIt(ResultObject object, SourceStudy.Image shown, int frame) {
    return object.report().findings().stream()
        .filter(finding -> finding.image().sopInstanceUid().equals(shown.sopInstanceUid()))
        .filter(finding -> finding.image().frame() == frame)
        .toList();
  }

  private static List<String> notices(ResultObject object) {
    List<String> notices = new ArrayList<>();
    var signature = object.report().signature();
    notices.add(
        signature == null
            ? "AI draft - not reviewed - not for diagnosis"
            : "AI findings - not for diagnosis - report signed by " + signature.name());
    notices.add(object.producer().modelName() + " " + object.producer().modelVersion());
    return notices;
  }

  private static void putPixels(DataSet capture, BufferedImage image) {
    int columns = image.getWidth();
    int rows = image.getHeight();
    byte[] rgb = new byte[3 * rows * columns];
    int[] line = new int[columns];
    int at = 0;
    for (int row = 0; row < rows; row++) {
      image.getRGB(0, row, columns, 1, line, 0, columns);
      for (int pixel : line) {
        rgb[at++] = (byte) (pixel >> 16);
        rgb[at++] = (byte) (pixel >> 8);
        rgb[at++] = (byte) pixel;
      }
    }
    capture.putInteger(Tag.SamplesPerPixel, 3);
    capture.putString(Tag.PhotometricInterpretation, "RGB");
    capture.putInteger(Tag.PlanarConfiguration, 0);
    capture.putInteger(Tag.Rows, rows);
    capture.putInteger(Tag.Columns, columns);
    capture.putInteger(Tag.BitsAllocated, 8);
    capture.putInteger(Tag.BitsStored, 8);
    capture.putInteger(Tag.HighBit, 7);
    capture.putInteger(Tag.PixelRepresentation, 0);
    capture.putBytes(Tag.PixelData, Vr.OB, rgb);
  }
}
