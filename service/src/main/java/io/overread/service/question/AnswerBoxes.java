package io.overread.service.question;

import io.overread.gateway.instance.StoredInstance.ImageHeader;
import io.overread.service.journey.Reading;
import io.overread.service.region.AnswerRegions.AnswerBox;
import io.overread.service.region.ImageBox;
import io.overread.vlm.region.WrittenRegion;
import java.util.List;

/** What the model wrote of regions, as boxes on the image that it was shown. */
final class AnswerBoxes {

  private AnswerBoxes() {}

  /** The boxes, outlines by what is around them; none on an image whose size is not known. */
  static List<AnswerBox> of(List<WrittenRegion> regions, Reading.Source source) {
    ImageHeader image = source.instance().image();
    Integer columns = image.columns();
    Integer rows = image.rows();
    if (columns == null || rows == null) {
      return List.of();
    }
    return regions.stream()
        .map(
            region ->
                new AnswerBox(
                    region.label(),
                    source.instance().sopInstanceUid(),
                    source.frame(),
                    new ImageBox(
                        region.left() * columns,
                        region.top() * rows,
                        region.right() * columns,
                        region.bottom() * rows)))
        .toList();
  }
}
