package io.overread.gateway.deidentify;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;
import io.overread.gateway.rule.DataSetAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Decides by the header what an image needs before it may leave (PS3.15 E.3.1 Clean Pixel Data, and
 * of E.3.2 Clean Recognizable Visual Features as much as a header tells). The first that fits:
 *
 * <ol>
 *   <li>Recognizable Visual Features (0028,0302) YES: refused;
 *   <li>a mask of the site whose condition holds: its areas are made black;
 *   <li>Burned In Annotation (0028,0301) NO: nothing;
 *   <li>YES: refused;
 *   <li>ultrasound with regions (0018,6011): all outside of them is made black;
 *   <li>ultrasound without them, secondary captures, screens, documents and photographs: refused,
 *       since text and faces are the rule there;
 *   <li>else nothing: such devices write no text into the pixels.
 * </ol>
 *
 * <p>Text in the pixels themselves is looked for afterwards, see {@link BurnedInText}.
 */
public final class CleanPixelData {

  private static final int MOST_REGIONS = 64;

  /** Secondary Capture Image Storage and its multi-frame forms (PS3.4 B.5). */
  private static final String SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7";

  /** Modality (0008,0060), PS3.3 C.7.3.1.1.1. */
  private static final Set<String> WRITTEN_ON =
      Set.of("US", "IVUS", "OT", "SC", "DOC", "XC", "GM", "ES", "ECG", "HD", "EPS", "SM");

  /** Conversion Type (0008,0064): of all but digital images. */
  private static final Set<String> CONVERTED =
      Set.of("DV", "DI", "DF", "WSD", "SD", "SI", "DRW", "SYN");

  private final List<Mask> masks;

  /** With the masks of the site, the first one that holds before the others. */
  public CleanPixelData(List<Mask> masks) {
    this.masks = List.copyOf(masks);
  }

  /** What the image of this header needs. */
  public Cleaning of(DataSet header) {
    if (says(header, Tag.RecognizableVisualFeatures, "YES")) {
      return new Cleaning.Refused("its header says that it shows recognizable features");
    }
    DataSetAttributes attributes = new DataSetAttributes(header);
    for (Mask mask : masks) {
      if (mask.when().evaluate(attributes).holds()) {
        return new Cleaning.Blank(mask.areas());
      }
    }
    if (says(header, Tag.BurnedInAnnotation, "NO")) {
      return new Cleaning.None();
    }
    if (says(header, Tag.BurnedInAnnotation, "YES")) {
      return new Cleaning.Refused("its header says that text is burned in");
    }
    List<Area> regions = regions(header);
    if (!regions.isEmpty()) {
      return new Cleaning.Keep(regions);
    }
    if (writtenOn(header)) {
      return new Cleaning.Refused(
          "text may be burned in, and its header does not say that none is");
    }
    return new Cleaning.None();
  }

  private static boolean writtenOn(DataSet header) {
    String sopClass = header.string(Tag.SOPClassUID).orElse("");
    return WRITTEN_ON.contains(upper(header.string(Tag.Modality).orElse("")))
        || sopClass.equals(SECONDARY_CAPTURE)
        || sopClass.startsWith(SECONDARY_CAPTURE + ".")
        || CONVERTED.contains(upper(header.string(Tag.ConversionType).orElse("")))
        || header.strings(Tag.ImageType).stream().anyMatch(type -> upper(type).startsWith("SCREEN"))
        || header.string(Tag.Modality).isEmpty();
  }

  /** Ultrasound Regions (PS3.3 C.8.5.5), whose corners are pixels, both included. */
  private static List<Area> regions(DataSet header) {
    List<Area> areas = new ArrayList<>();
    int columns = header.integer(Tag.Columns).orElse(0);
    int rows = header.integer(Tag.Rows).orElse(0);
    if (columns < 1 || rows < 1 || !upper(header.string(Tag.Modality).orElse("")).equals("US")) {
      return areas;
    }
    header.items(Tag.SequenceOfUltrasoundRegions).stream()
        .limit(MOST_REGIONS)
        .forEach(
            region -> {
              OptionalInt x0 = region.integer(Tag.RegionLocationMinX0);
              OptionalInt y0 = region.integer(Tag.RegionLocationMinY0);
              OptionalInt x1 = region.integer(Tag.RegionLocationMaxX1);
              OptionalInt y1 = region.integer(Tag.RegionLocationMaxY1);
              if (x0.isPresent() && y0.isPresent() && x1.isPresent() && y1.isPresent()) {
                int left = Math.clamp(x0.getAsInt(), 0, columns);
                int top = Math.clamp(y0.getAsInt(), 0, rows);
                int right = (int) Math.clamp(x1.getAsInt() + 1L, left, columns);
                int bottom = (int) Math.clamp(y1.getAsInt() + 1L, top, rows);
                // One that covers all keeps nothing out.
                boolean all = right - left == columns && bottom - top == rows;
                if (right > left && bottom > top && !all) {
                  areas.add(
                      new Area(
                          (double) left / columns,
                          (double) top / rows,
                          (double) (right - left) / columns,
                          (double) (bottom - top) / rows));
                }
              }
            });
    return areas;
  }

  private static boolean says(DataSet header, int tag, String value) {
    return header.string(tag).map(CleanPixelData::upper).filter(value::equals).isPresent();
  }

  private static String upper(String text) {
    return text.strip().toUpperCase(Locale.ROOT);
  }
}
