package io.overread.gateway.deidentify;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DicomFile;
import io.overread.dicom.data.ReadLimits;
import io.overread.gateway.instance.StoredInstance;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What of stored instances may leave the site, and what names their patient. */
public final class ImagesToSend {

  /** The first group behind the header's: pixel data (7FE0,xxxx). */
  private static final int PIXEL_DATA_GROUP = 0x7FE0_0000;

  private static final ReadLimits LIMITS = new ReadLimits(16, 500_000, 4096, 32L << 20, 512L << 20);

  private final CleanPixelData pixels;
  private final boolean textToo;

  /**
   * By this rule for pixels.
   *
   * @param textToo whether text is looked for in the pixels themselves
   */
  public ImagesToSend(CleanPixelData pixels, boolean textToo) {
    this.pixels = pixels;
    this.textToo = textToo;
  }

  /**
   * What was found.
   *
   * @param cleanings one for each instance, in their order
   */
  public record Judged(List<Cleaning> cleanings, PatientIdentifiers identifiers) {
    /** Keeps its own copy. */
    public Judged {
      cleanings = List.copyOf(cleanings);
    }
  }

  /**
   * An image as it may leave.
   *
   * @param textAreas how many areas look like text and are black
   */
  public record Cleaned(BufferedImage image, int textAreas) {}

  /** Reads the instances' headers; what can't be read may not leave. */
  public Judged judge(List<StoredInstance> instances) {
    List<Cleaning> cleanings = new ArrayList<>();
    List<DataSet> headers = new ArrayList<>();
    for (StoredInstance instance : instances) {
      try {
        DataSet header = DicomFile.openBefore(instance.path(), PIXEL_DATA_GROUP, LIMITS).dataSet();
        headers.add(header);
        cleanings.add(pixels.of(header));
      } catch (IOException e) {
        cleanings.add(new Cleaning.Refused("its header can't be read"));
      }
    }
    return new Judged(cleanings, PatientIdentifiers.of(headers));
  }

  /**
   * The image as it may leave: cleaned as its header demands, and what looks like text on it black.
   *
   * @throws IllegalStateException if it may not
   */
  public Cleaned clean(Cleaning cleaning, BufferedImage image) {
    BufferedImage cleaned = cleaning.applyTo(image);
    List<Area> text = textToo ? BurnedInText.in(cleaned) : List.of();
    return text.isEmpty()
        ? new Cleaned(cleaned, 0)
        : new Cleaned(new Cleaning.Blank(text).applyTo(cleaned), text.size());
  }
}
