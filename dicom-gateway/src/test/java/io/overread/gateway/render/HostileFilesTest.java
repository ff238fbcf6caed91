package io.overread.gateway.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.Mutations;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.pixel.GeneratedImage;
import io.overread.dicom.pixel.GeneratedJpeg;
import io.overread.dicom.pixel.PixelLimits;
import io.overread.dicom.pixel.StoredBits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a file holds, the answer is an image or a reason, and it comes soon. */
class HostileFilesTest {
  private static final int SIDE = 16;
  private static final int MUTATIONS = 400;

  private final FrameRenderer renderer = new FrameRenderer(new PixelLimits(1 << 20, 1 << 20));
  private final Random random = new Random(20261123);
  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> a_damaged_file_gives_an_image_or_a_reason() {
    return RenderableFiles.samples()
        .map(
            sample ->
                DynamicTest.dynamicTest(
                    sample.name(),
                    () ->
                        assertTimeoutPreemptively(
                            Duration.ofSeconds(60), () -> damageAndRender(sample))));
  }

  @Test
  void a_small_stream_that_claims_a_large_image_is_refused_before_it_is_decoded() {
    byte[] stream = GeneratedJpeg.gray(SIDE, SIDE, new int[SIDE * SIDE]);
    for (int at = 0; at + 8 < stream.length; at++) {
      if (stream[at] == -1 && stream[at + 1] == (byte) 0xc0) {
        Arrays.fill(stream, at + 5, at + 9, (byte) 0xff);
      }
    }
    DataSet image = GeneratedImage.of("MONOCHROME2", 65535, 65535, new StoredBits(8, 8, 7, false));
    GeneratedImage.putFragments(image, new byte[0], List.of(stream));
    assertThat(renderer.render(write(Uid.JPEGBaseline8Bit, image), 1, null))
        .isInstanceOf(NotRendered.class);
    image.putInteger(Tag.Rows, SIDE);
    image.putInteger(Tag.Columns, SIDE);
    assertThat(renderer.render(write(Uid.JPEGBaseline8Bit, image), 1, null))
        .isInstanceOf(NotRendered.class);
  }

  private void damageAndRender(RenderableFiles.Sample sample) throws IOException {
    Path file = write(sample.transferSyntaxUid(), sample.dataSet());
    byte[] sound = Files.readAllBytes(file);
    assertThat(renderer.render(file, 1, null)).isInstanceOf(RenderedImage.class);
    int refused = 0;
    for (int round = 0; round < MUTATIONS; round++) {
      Files.write(file, Mutations.ofStream(sound, RenderableFiles.HEADER, random));
      Rendering rendering = renderer.render(file, 1, null);
      if (rendering instanceof NotRendered(var cause, String reason)) {
        refused++;
        assertThat(cause).isNotNull();
        assertThat(reason).isNotEmpty().hasSizeLessThan(300);
      }
      Pixels pixels = renderer.pixels(file, 1);
      assertThat(pixels instanceof NotRendered).isEqualTo(rendering instanceof NotRendered);
    }
    assertThat(refused).isBetween(1, MUTATIONS);
  }

  private Path write(String transferSyntaxUid, DataSet dataSet) {
    return GeneratedImage.write(folder, transferSyntaxUid, dataSet);
  }
}
