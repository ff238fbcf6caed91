package io.overread.gateway.triage;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;
import io.overread.gateway.instance.StoredInstance;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an image's header says that decides whether the model is shown it, and where it lies.
 *
 * @param imageType Image Type (0008,0008), in upper case
 * @param conversionType Conversion Type (0008,0064), in upper case; empty if absent
 * @param words Series Description, Protocol Name and Body Part Examined, in upper case
 * @param representativeFrame Representative Frame Number (0028,6010), if it is one of the frames
 * @param planes where its frames lie in the patient, in their order; empty where that isn't known
 *     of every frame
 */
public record ImageFacts(
    List<String> imageType,
    String conversionType,
    String words,
    @Nullable Integer representativeFrame,
    List<Plane> planes) {

  /** Keeps its own copies. */
  public ImageFacts {
    imageType = List.copyOf(imageType);
    planes = List.copyOf(planes);
  }

  /** Reads the header of a stored instance. */
  public static ImageFacts of(StoredInstance instance) {
    DataSet header = StudyHeaders.read(instance.path());
    int representative = header.integer(Tag.RepresentativeFrameNumber).orElse(0);
    boolean isFrame = representative > 0 && representative <= instance.numberOfFrames();
    return new ImageFacts(
        header.strings(Tag.ImageType).stream().map(ImageFacts::upper).toList(),
        upper(header.string(Tag.ConversionType).orElse("")),
        Stream.of(Tag.SeriesDescription, Tag.ProtocolName, Tag.BodyPartExamined)
            .map(tag -> upper(header.string(tag).orElse("")))
            .reduce("", (all, next) -> all + " " + next)
            .strip(),
        isFrame ? representative : null,
        planes(header, instance.numberOfFrames()));
  }

  private static List<Plane> planes(DataSet header, int frames) {
    List<DataSet> perFrame = header.items(Tag.PerFrameFunctionalGroupsSequence);
    if (perFrame.isEmpty()) {
      Plane plane = Plane.of(header, header);
      return plane == null || frames != 1 ? List.of() : List.of(plane);
    }
    DataSet shared = header.item(Tag.SharedFunctionalGroupsSequence).orElseGet(DataSet::new);
    List<Plane> planes =
        perFrame.stream()
            .limit(frames)
            .flatMap(
                frame ->
                    Stream.ofNullable(
                        Plane.of(
                            group(frame, shared, Tag.PlanePositionSequence),
                            group(frame, shared, Tag.PlaneOrientationSequence))))
            .toList();
    return planes.size() == frames ? planes : List.of();
  }

  /** A functional group of a frame, or the one that all frames share (PS3.3 C.7.6.16). */
  private static DataSet group(DataSet frame, DataSet shared, int tag) {
    return frame.item(tag).or(() -> shared.item(tag)).orElseGet(DataSet::new);
  }

  private static String upper(String text) {
    return text.strip().toUpperCase(Locale.ROOT);
  }
}
