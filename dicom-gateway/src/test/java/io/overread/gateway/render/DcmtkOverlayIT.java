package io.overread.gateway.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.pixel.GeneratedImage;
import io.overread.dicom.pixel.PixelLimits;
import io.overread.dicom.pixel.StoredBits;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Overlays of random bits as DCMTK draws them on a black image")
class DcmtkOverlayIT {
  private static final int ROWS = 9;
  private static final int COLUMNS = 13;

  private final FrameRenderer renderer = new FrameRenderer(PixelLimits.STANDARD);
  private final Random random = new Random(20261125);
  @TempDir private Path folder;

  @BeforeEach
  void require_the_peer() {
    Dcmtk.require("dcmj2pnm");
  }

  @Test
  void overlay_data_of_two_groups_one_of_them_reaching_beyond_the_image() throws IOException {
    DataSet image = black(8, 1);
    overlay(image, 0, ROWS, COLUMNS, 1).putInteger(Tag.OverlayOrigin, 1, 1);
    overlay(image, 0x20000, 7, 20, 1).putInteger(Tag.OverlayOrigin + 0x20000, -2, 5);
    compare(image, 1);
  }

  @Test
  void overlay_data_of_several_frames() throws IOException {
    DataSet image = black(8, 4);
    overlay(image, 0, ROWS, COLUMNS, 2).putInteger(Tag.OverlayOrigin, 1, 1);
    image.putInteger(Tag.NumberOfFramesInOverlay, 2).putInteger(Tag.ImageFrameOrigin, 2);
    for (int frame = 1; frame <= 4; frame++) {
      compare(image, frame);
    }
  }

  @Test
  void free_bits_of_the_pixel_cells() throws IOException {
    DataSet image = black(16, 2);
    int[] cells = new int[ROWS * COLUMNS * 2];
    for (int index = 0; index < cells.length; index++) {
      cells[index] = random.nextInt(16) << 12;
    }
    image.putBytes(Tag.PixelData, Vr.OW, GeneratedImage.words(cells));
    for (int bit : List.of(12, 15)) {
      int group = (bit - 12) / 3 * 0x20000;
      image.putInteger(Tag.OverlayRows + group, ROWS);
      image.putInteger(Tag.OverlayColumns + group, COLUMNS);
      image.putString(Tag.OverlayType + group, "G");
      image.putInteger(Tag.OverlayOrigin + group, 1, 1);
      image.putInteger(Tag.OverlayBitsAllocated + group, 16);
      image.putInteger(Tag.OverlayBitPosition + group, bit);
      image.putInteger(Tag.NumberOfFramesInOverlay + group, 2);
    }
    compare(image, 1);
    compare(image, 2);
  }

  private void compare(DataSet image, int frame) throws IOException {
    Path file = GeneratedImage.write(folder, Uid.ExplicitVRLittleEndian, image);
    Path map = folder.resolve("rendered.pgm");
    List<String> command =
        List.of("dcmj2pnm", "-q", "+O", "0", "+F", "" + frame, file.toString(), map.toString());
    assertThat(Dcmtk.run(command)).isTrue();
    int[] theirs = PortableMap.read(map).values();
    BufferedImage ours = ((RenderedImage) renderer.overlays(file, frame)).image();
    for (int index = 0; index < theirs.length; index++) {
      int alpha = ours.getRGB(index % COLUMNS, index / COLUMNS) >>> 24;
      assertThat(alpha).as("pixel %d of frame %d", index, frame).isEqualTo(theirs[index]);
    }
  }

  private DataSet black(int allocated, int frames) {
    int stored = Math.min(allocated, 12);
    DataSet image =
        GeneratedImage.of(
            "MONOCHROME2", ROWS, COLUMNS, new StoredBits(allocated, stored, stored - 1, false));
    image.putInteger(Tag.NumberOfFrames, frames);
    return image.putBytes(
        Tag.PixelData, Vr.OW, new byte[(ROWS * COLUMNS * frames * allocated / 8 + 1) / 2 * 2]);
  }

  private DataSet overlay(DataSet image, int group, int rows, int columns, int frames) {
    image.putInteger(Tag.OverlayRows + group, rows).putInteger(Tag.OverlayColumns + group, columns);
    image.putString(Tag.OverlayType + group, "G");
    image.putInteger(Tag.OverlayBitsAllocated + group, 1);
    image.putInteger(Tag.OverlayBitPosition + group, 0);
    byte[] data = new byte[(rows * columns * frames / 8 + 2) / 2 * 2];
    random.nextBytes(data);
    return image.putBytes(Tag.OverlayData + group, Vr.OW, data);
  }
}
