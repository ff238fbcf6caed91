package io.overread.dicom.pixel;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads what makes stored values visible: the Modality LUT (PS3.3 C.11.1), VOI LUT (C.11.2) and
 * palette modules, or the functional groups that stand for them (C.7.6.16.2.9, C.7.6.16.2.10).
 */
final class PresentationModules {
  private final FrameAttributes attributes;
  private final ImagePixel image;

  private PresentationModules(FrameAttributes attributes, ImagePixel image) {
    this.attributes = attributes;
    this.image = image;
  }

  static Presentation read(FrameAttributes attributes, ImagePixel image) {
    var modules = new PresentationModules(attributes, image);
    return switch (image.photometricInterpretation()) {
      case MONOCHROME1, MONOCHROME2 -> modules.grayscale();
      case PALETTE_COLOR -> new Presentation.Indexed(PaletteModule.read(attributes, image));
      case RGB -> new Presentation.Color(false);
      case YBR_FULL, YBR_FULL_422 -> new Presentation.Color(true);
      case YBR_RCT, YBR_ICT ->
          throw PixelDataException.unsupported(
              "Photometric Interpretation %s outside JPEG 2000"
                  .formatted(image.photometricInterpretation().value()));
    };
  }

  private Grayscale grayscale() {
    ModalityTransformation modality = modality();
    return new Grayscale(modality, voi(modality), inverted(), padding());
  }

  /**
   * Presentation LUT Shape (2050,0020) defines the output as P-Values and so decides where it is
   * given, as DCMTK and dcm4che have it; only without it does the Photometric Interpretation.
   */
  private boolean inverted() {
    return switch (attributes.dataSet().string(Tag.PresentationLUTShape).orElse("")) {
      case "INVERSE" -> true;
      case "IDENTITY" -> false;
      default -> image.photometricInterpretation() == PhotometricInterpretation.MONOCHROME1;
    };
  }

  /** A Modality LUT before Rescale Slope, which mustn't be there too (C.11.1) but often is. */
  private ModalityTransformation modality() {
    Optional<DataSet> lut = attributes.dataSet().item(Tag.ModalityLUTSequence);
    return lut.isPresent()
        ? new ModalityTransformation.Table(LookupTables.table(lut.get(), image.bits().signed()))
        : LookupTables.rescale(attributes.group(Tag.PixelValueTransformationSequence));
  }

  /** The first window, else the first VOI LUT, that is valid. */
  private Optional<VoiTransformation> voi(ModalityTransformation modality) {
    return LookupTables.window(attributes.group(Tag.FrameVOILUTSequence))
        .or(() -> LookupTables.voiTable(attributes.dataSet(), signed(modality)));
  }

  /** Whether the input of the VOI LUT can be negative, which makes its descriptor's VR SS. */
  private boolean signed(ModalityTransformation modality) {
    return modality instanceof ModalityTransformation.Rescale
        && Math.min(modality.apply(image.bits().minimum()), modality.apply(image.bits().maximum()))
            < 0;
  }

  private Optional<PixelPadding> padding() {
    OptionalInt value = attributes.dataSet().integer(Tag.PixelPaddingValue);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    OptionalInt limit = attributes.dataSet().integer(Tag.PixelPaddingRangeLimit);
    return Optional.of(
        PixelPadding.between(stored(value.getAsInt()), stored(limit.orElse(value.getAsInt()))));
  }

  /** The attribute is US or SS by Pixel Representation; in implicit VR that had to be guessed. */
  private long stored(int value) {
    return image.bits().signed() ? (short) value : value & 0xffff;
  }
}
