package io.overread.service.journey;

import io.overread.gateway.instance.StoredInstance;
import io.overread.gateway.study.Series;
import io.overread.gateway.study.SeriesAttributes;
import io.overread.vlm.VisionLanguageModel;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Readings of one image under some header, made without a database. */
final class TestReading {

  private TestReading() {}

  /** As the tables hold them, in View Position PA. */
  static SeriesAttributes attributes(
      @Nullable String modality,
      @Nullable String bodyPart,
      @Nullable String description,
      @Nullable String laterality) {
    return new SeriesAttributes(
        modality,
        1,
        description,
        new SeriesAttributes.Anatomy(bodyPart, laterality, "PA"),
        new SeriesAttributes.Equipment(description, description));
  }

  /**
   * Encodes it; close its encoded study.
   *
   * @param file whose header is looked into again
   */
  static Reading of(
      VisionLanguageModel model, Path file, BufferedImage image, SeriesAttributes attributes) {
    StoredInstance like = Stored.image(1);
    StoredInstance instance =
        new StoredInstance(
            like.sopInstanceUid(),
            like.seriesInstanceUid(),
            like.studyInstanceUid(),
            like.image(),
            new StoredInstance.StoredFile(file, "0".repeat(64), "0".repeat(64), 0),
            new StoredInstance.Reception("CR1", Instant.EPOCH, null));
    SelectedFrame frame =
        new SelectedFrame(
            instance, new Series("2.25", "2.25.1", attributes, 1), 1, null, "a test", image);
    return new Reading(
        model,
        model.encode(List.of(image)),
        List.of(Reading.Source.of(frame)),
        List.of(),
        PixelChecks.of(List.of(frame)),
        null);
  }
}
