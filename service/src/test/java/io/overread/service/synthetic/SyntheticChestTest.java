package io.overread.service.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DicomFile;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.pixel.PixelLimits;
import io.overread.gateway.render.FrameRenderer;
import io.overread.gateway.render.RenderedImage;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticChestTest {
  @TempDir Path folder;

  @Test
  void every_sample_is_a_study_of_its_own_marked_as_synthetic_in_header_and_pixels()
      throws Exception {
    List<SyntheticStudy> studies = new SyntheticChest(Clock.systemUTC()).write(folder);
    assertThat(studies).hasSizeBetween(2, 3);
    Set<String> uids = new HashSet<>();
    for (SyntheticStudy study : studies) {
      DataSet image = DicomFile.open(study.file()).dataSet();
      assertThat(uids.add(image.string(Tag.StudyInstanceUID).orElseThrow())).isTrue();
      assertThat(image.string(Tag.PatientName).orElseThrow()).startsWith("SYNTHETIC");
      assertThat(image.string(Tag.BurnedInAnnotation)).contains("YES");
      BufferedImage rendered =
          ((RenderedImage) new FrameRenderer(PixelLimits.STANDARD).render(study.file(), 1, null))
              .image();
      assertThat(white(rendered)).as("dots of the stamp").isGreaterThan(1_000);
      assertThat(differentGreys(rendered)).as("greys of the image").isGreaterThan(100);
    }
  }

  private static long white(BufferedImage image) {
    long count = 0;
    for (int y = image.getHeight() - 40; y < image.getHeight(); y++) {
      for (int x = 0; x < 200; x++) {
        count += (image.getRGB(x, y) & 0xFF) == 255 ? 1 : 0;
      }
    }
    return count;
  }

  private static int differentGreys(BufferedImage image) {
    Set<Integer> greys = new HashSet<>();
    for (int y = 0; y < image.getHeight(); y += 4) {
      for (int x = 0; x < image.getWidth(); x += 4) {
        greys.add(image.getRGB(x, y) & 0xFF);
      }
    }
    return greys.size();
  }
}
