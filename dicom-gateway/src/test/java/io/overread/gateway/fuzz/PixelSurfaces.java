package io.overread.gateway.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.pixel.CodedStreams;
import io.overread.dicom.pixel.GeneratedImage;
import io.overread.dicom.pixel.PixelLimits;
import io.overread.dicom.presentation.FrameReference;
import io.overread.gateway.render.FrameRenderer;
import io.overread.gateway.render.NotRendered;
import io.overread.gateway.render.RenderableFiles;
import io.overread.gateway.render.Rendering;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Codecs, and whole images with palettes, look-up tables, overlays and presentation states. */
final class PixelSurfaces {
  private static final int CODED = 12;
  private static final int LONGEST_REASON = 300;

  private final FrameRenderer renderer = new FrameRenderer(new PixelLimits(1 << 21, 1 << 23));
  private final Path folder;

  /** Writes its inputs into a folder. */
  PixelSurfaces(Path folder) {
    this.folder = folder;
  }

  List<Surface> all() throws IOException {
    List<Surface> surfaces = new ArrayList<>();
    CodedStreams.samples()
        .map(
            sample ->
                new Surface(
                    "stream: " + sample.name(),
                    CODED,
                    List.of(sample.stream()),
                    Surface.after(CodedStreams.KEPT),
                    sample::decodes))
        .forEach(surfaces::add);
    surfaces.add(images("generated images", 60, generated()));
    surfaces.add(states());
    return surfaces;
  }

  /** Whole files, shown with their overlays. */
  Surface images(String name, int share, List<byte[]> sound) {
    Path file = folder.resolve("image.dcm");
    return new Surface(
        name,
        share,
        sound,
        CorpusDamage.INSTANCE,
        input -> {
          Files.write(file, input);
          rendered(renderer.overlays(file, 1));
          return rendered(renderer.render(file, 1, null));
        });
  }

  private List<byte[]> generated() throws IOException {
    List<byte[]> files = new ArrayList<>();
    for (var sample : RenderableFiles.samples().toList()) {
      Path file = GeneratedImage.write(folder, sample.transferSyntaxUid(), sample.dataSet());
      files.add(Files.readAllBytes(file));
    }
    return files;
  }

  private Surface states() throws IOException {
    Path image = Files.move(write(StateSample.image()), folder.resolve("sound.dcm"));
    FrameReference frame = new FrameReference(StateSample.IMAGE_UID, 1);
    Path state = folder.resolve("state.dcm");
    return new Surface(
        "presentation states",
        60,
        List.of(Files.readAllBytes(write(StateSample.state()))),
        CorpusDamage.INSTANCE,
        input -> rendered(renderer.present(image, frame, Files.write(state, input))));
  }

  private Path write(DataSet dataSet) {
    return GeneratedImage.write(folder, Uid.ExplicitVRLittleEndian, dataSet);
  }

  private static boolean rendered(Rendering rendering) {
    if (rendering instanceof NotRendered(var cause, String reason)) {
      assertThat(cause).isNotNull();
      assertThat(reason).isNotEmpty().hasSizeLessThan(LONGEST_REASON);
      return false;
    }
    return true;
  }
}
