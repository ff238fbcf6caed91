package io.overread.dicom.presentation;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.PersonName;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.pixel.Grayscale;
import io.overread.dicom.pixel.LookupTable;
import io.overread.dicom.pixel.LookupTables;
import io.overread.dicom.pixel.ModalityTransformation;
import io.overread.dicom.pixel.PixelPadding;
import io.overread.dicom.pixel.StoredBits;
import io.overread.dicom.pixel.VoiTransformation;
import io.overread.dicom.pixel.Window;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Grayscale Softcopy Presentation State. Its transformations take the place of all that the image
 * says of itself: what the state leaves out is an identity (PS3.4 N.2).
 */
public final class PresentationState {
  private static final int FIRST_ACTIVATION = 0x6000_1001;
  private static final int LAST_ACTIVATION = 0x601e_1001;
  private static final int NEXT_GROUP = 0x0002_0000;
  private static final int LONGEST_TEXT = 128;

  private final DataSet dataSet;

  /** A state of a data set that isn't changed any more. */
  public PresentationState(DataSet dataSet) {
    this.dataSet = dataSet;
  }

  /** Whether instances of a class are grayscale states, the kind that is followed here. */
  public static boolean isGrayscaleState(String sopClassUid) {
    return sopClassUid.equals(Uid.GrayscaleSoftcopyPresentationStateStorage);
  }

  /** The data set, for what overlays it holds itself. */
  public DataSet dataSet() {
    return dataSet;
  }

  /** Content Label (0070,0080); empty if not given. */
  public String label() {
    return text(Tag.ContentLabel);
  }

  /** Content Description (0070,0081); empty if not given. */
  public String description() {
    return text(Tag.ContentDescription);
  }

  /** Content Creator's Name (0070,0084), for people to read; empty if not given. */
  public String creator() {
    String name =
        dataSet
            .personName(Tag.ContentCreatorName)
            .map(PersonName::alphabetic)
            .map(PersonName.Group::display)
            .orElse("");
    return limited(name);
  }

  /** Presentation Creation Date (0070,0082), YYYYMMDD; empty if not given. */
  public String creationDate() {
    return text(Tag.PresentationCreationDate);
  }

  private String text(int tag) {
    return limited(dataSet.string(tag).orElse(""));
  }

  private static String limited(String text) {
    return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
  }

  /** The images that it is about (Presentation State Relationship Module, C.11.11). */
  public List<ImageReference> references() {
    return dataSet.items(Tag.ReferencedSeriesSequence).stream()
        .flatMap(series -> series.items(Tag.ReferencedImageSequence).stream())
        .map(ImageReference::read)
        .flatMap(Optional::stream)
        .toList();
  }

  /** Whether it is about a frame. */
  public boolean refersTo(FrameReference frame) {
    return references().stream().anyMatch(reference -> reference.includes(frame));
  }

  /** What it asks for and isn't done, in words. */
  public List<String> notApplied() {
    return NotApplied.of(dataSet);
  }

  /** Whether any annotation has text. */
  public boolean hasText() {
    return dataSet.items(Tag.GraphicAnnotationSequence).stream()
        .anyMatch(item -> item.contains(Tag.TextObjectSequence));
  }

  /**
   * From stored values to grey: modality, VOI and presentation LUT.
   *
   * @param bits of the stored values
   * @param padding of the image, which no state overrides (PS3.3 C.7.5.1.1.2)
   */
  public Grayscale grayscale(
      FrameReference frame, StoredBits bits, Optional<PixelPadding> padding) {
    ModalityTransformation modality =
        LookupTables.modality(dataSet, bits.signed())
            .orElse(new ModalityTransformation.Rescale(1, 0));
    double one = lowest(modality, bits);
    double other = highest(modality, bits);
    boolean signed = Math.min(one, other) < 0;
    VoiTransformation voi =
        first(Tag.SoftcopyVOILUTSequence, frame)
            .flatMap(item -> LookupTables.voi(item, signed))
            .orElse(Window.spanning(Math.min(one, other), Math.max(one, other)));
    Optional<LookupTable> presentation =
        dataSet.item(Tag.PresentationLUTSequence).flatMap(LookupTables::readable);
    VoiTransformation presented =
        presentation
            .<VoiTransformation>map(table -> new VoiTransformation.Presented(voi, table))
            .orElse(voi);
    boolean inverted = dataSet.string(Tag.PresentationLUTShape).orElse("").equals("INVERSE");
    return new Grayscale(modality, Optional.of(presented), inverted, padding);
  }

  private static double lowest(ModalityTransformation modality, StoredBits bits) {
    return modality instanceof ModalityTransformation.Table ? 0 : modality.apply(bits.minimum());
  }

  private static double highest(ModalityTransformation modality, StoredBits bits) {
    return modality instanceof ModalityTransformation.Table(LookupTable table)
        ? table.maximum()
        : modality.apply(bits.maximum());
  }

  /** How the image is turned. */
  public SpatialTransformation spatial() {
    return SpatialTransformation.read(dataSet);
  }

  /** Which part of a frame is shown; empty if the state doesn't say it. */
  public Optional<DisplayedArea> displayedArea(FrameReference frame) {
    return first(Tag.DisplayedAreaSelectionSequence, frame).flatMap(DisplayedArea::read);
  }

  /** What is hidden. */
  public Shutters shutters() {
    return Shutters.read(dataSet);
  }

  /** The annotations of a frame, in the order in which they are to be drawn. */
  public List<Annotation> annotations(FrameReference frame) {
    AnnotationReader reader = new AnnotationReader();
    Map<String, GraphicLayer> layers = layers();
    return dataSet.items(Tag.GraphicAnnotationSequence).stream()
        .filter(item -> ImageReference.concerns(item, frame))
        .map(reader::read)
        .sorted(Comparator.comparingInt(annotation -> order(layers, annotation.layer())))
        .toList();
  }

  private static int order(Map<String, GraphicLayer> layers, String name) {
    return layers.getOrDefault(name, GraphicLayer.undescribed(name)).order();
  }

  /** The layer of that name. */
  public GraphicLayer layer(String name) {
    return layers().getOrDefault(name, GraphicLayer.undescribed(name));
  }

  private Map<String, GraphicLayer> layers() {
    return dataSet.items(Tag.GraphicLayerSequence).stream()
        .map(GraphicLayer::read)
        .flatMap(Optional::stream)
        .collect(
            Collectors.toMap(GraphicLayer::name, Function.identity(), (first, again) -> first));
  }

  /** The groups of the overlays that are shown, each with its layer (C.11.7). */
  public Map<Integer, GraphicLayer> activeOverlays() {
    Map<Integer, GraphicLayer> active = new TreeMap<>();
    for (int tag = FIRST_ACTIVATION; tag <= LAST_ACTIVATION; tag += NEXT_GROUP) {
      Optional<String> layer = dataSet.string(tag);
      if (layer.isPresent()) {
        active.put(tag >>> Short.SIZE, layer(layer.get()));
      }
    }
    return active;
  }

  private Optional<DataSet> first(int sequence, FrameReference frame) {
    Stream<DataSet> items = dataSet.items(sequence).stream();
    return items.filter(item -> ImageReference.concerns(item, frame)).findFirst();
  }
}
