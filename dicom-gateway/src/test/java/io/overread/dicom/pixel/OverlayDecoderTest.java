package io.overread.dicom.pixel;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DicomFile;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Overlay planes (PS3.3 C.9.2, C.9.3)")
class OverlayDecoderTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {Uid.ImplicitVRLittleEndian, Uid.ExplicitVRLittleEndian, Uid.ExplicitVRBigEndian})
  void a_bit_marks_a_pixel_the_first_in_the_least_significant_place(String syntax)
      throws IOException {
    DataSet image = GeneratedImage.octets("MONOCHROME2", 2, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    overlay(image, 0x6000, 2, 5, 0b1001_0001, 0b10);
    Overlay plane = decode(syntax, image, 1).planes().getFirst();
    assertThat(marks(plane, 2, 5)).containsExactly("#...#", "..#.#");
    assertThat(plane.kind()).isEqualTo(Overlay.Kind.GRAPHICS);
  }

  @Test
  void the_origin_counts_from_1_and_may_lie_beyond_the_image() throws IOException {
    DataSet image = GeneratedImage.octets("MONOCHROME2", 2, 3, 0, 0, 0, 0, 0, 0);
    overlay(image, 0x6000, 2, 2, 0b1111);
    image.putInteger(Tag.OverlayOrigin, 0, 3);
    assertThat(marks(decode(image, 1).planes().getFirst(), 2, 3)).containsExactly("..#", "...");
  }

  @Test
  void sixteen_groups_are_read_each_with_what_it_says_of_itself() throws IOException {
    DataSet image = GeneratedImage.octets("MONOCHROME2", 1, 1, 0);
    for (int group = 0x6000; group <= 0x601e; group += 2) {
      overlay(image, group, 1, 1, 1);
    }
    overlay(image, 0x6020, 1, 1, 1);
    image.putString(OverlayModule.tag(Tag.OverlayType, 0x601e), "R");
    image.putString(OverlayModule.tag(Tag.OverlaySubtype, 0x601e), "ACTIVE 2D/BMODE IMAGE AREA");
    image.putString(OverlayModule.tag(Tag.OverlayLabel, 0x601e), "Area");
    List<Overlay> planes = decode(image, 1).planes();
    assertThat(planes).hasSize(16);
    Overlay last = planes.getLast();
    assertThat(last.kind()).isEqualTo(Overlay.Kind.REGION_OF_INTEREST);
    assertThat(last.label()).isEqualTo("Area");
    assertThat(last.isActiveImageArea()).isTrue();
    assertThat(planes.getFirst().isActiveImageArea()).isFalse();
  }

  @Test
  void planes_of_a_multi_frame_overlay_follow_each_other_from_the_frame_of_their_origin()
      throws IOException {
    DataSet image = GeneratedImage.octets("MONOCHROME2", 1, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    image.putString(Tag.NumberOfFrames, "3");
    overlay(image, 0x6000, 1, 3, 0b101_001);
    image.putString(Tag.NumberOfFramesInOverlay, "2");
    image.putInteger(Tag.ImageFrameOrigin, 2);
    assertThat(decode(image, 1).planes()).isEmpty();
    assertThat(marks(decode(image, 2).planes().getFirst(), 1, 3)).containsExactly("#..");
    assertThat(marks(decode(image, 3).planes().getFirst(), 1, 3)).containsExactly("#.#");
  }

  @Test
  void an_overlay_that_is_not_multi_frame_lies_on_every_frame() throws IOException {
    DataSet image = GeneratedImage.octets("MONOCHROME2", 1, 1, 0, 0);
    image.putString(Tag.NumberOfFrames, "2");
    overlay(image, 0x6000, 1, 1, 1);
    assertThat(decode(image, 1).planes()).hasSize(1);
    assertThat(decode(image, 2).planes()).hasSize(1);
  }

  @Test
  void a_free_bit_of_the_pixel_cells_is_a_plane_and_no_part_of_the_stored_values()
      throws IOException {
    DataSet image = GeneratedImage.of("MONOCHROME2", 1, 3, new StoredBits(16, 12, 11, true));
    image.putString(Tag.NumberOfFrames, "2");
    image.putBytes(
        Tag.PixelData, Vr.OW, GeneratedImage.words(0x8001, 2, 0x8003, 4, 0x9005, 0x1fff));
    embedded(image, 0x6000, 1, 3, 15);
    embedded(image, 0x6002, 1, 3, 12);
    for (String syntax : List.of(Uid.ExplicitVRLittleEndian, Uid.ExplicitVRBigEndian)) {
      List<Overlay> first = decode(syntax, image, 1).planes();
      assertThat(marks(first.get(0), 1, 3)).containsExactly("#.#");
      assertThat(marks(first.get(1), 1, 3)).containsExactly("...");
      List<Overlay> second = decode(syntax, image, 2).planes();
      assertThat(marks(second.get(0), 1, 3)).containsExactly(".#.");
      assertThat(marks(second.get(1), 1, 3)).containsExactly(".##");
      DicomFile file = DicomFile.open(GeneratedImage.write(folder, syntax, image));
      DecodedFrame frame =
          (DecodedFrame)
              new FrameDecoder(PixelLimits.STANDARD)
                  .decode(file.transferSyntax(), file.dataSet(), 2);
      assertThat(frame.stored().value(1)).isEqualTo(5);
      assertThat(frame.stored().value(2)).isEqualTo(-1);
      assertThat(frame.overlaid()).isTrue();
    }
  }

  @Test
  void a_free_bit_survives_run_length_coding() throws IOException {
    DataSet image = GeneratedImage.of("MONOCHROME2", 1, 2, new StoredBits(16, 12, 11, false));
    embedded(image, 0x6000, 1, 2, 15);
    byte[] frame =
        GeneratedImage.runLengthLiterals(
            GeneratedImage.bytes(0x80, 0x01), GeneratedImage.bytes(0x05, 0x06));
    GeneratedImage.putFragments(image, new byte[0], List.of(frame));
    assertThat(marks(decode(Uid.RLELossless, image, 1).planes().getFirst(), 1, 2))
        .containsExactly("#.");
  }

  @Test
  void a_plane_that_cannot_be_read_is_named_and_the_others_are_read() throws IOException {
    DataSet image = GeneratedImage.octets("MONOCHROME2", 1, 3, 0, 0, 0);
    overlay(image, 0x6000, 100, 100, 1);
    overlay(image, 0x6002, 1, 3, 1);
    embedded(image, 0x6004, 1, 3, 3);
    overlay(image, 0x6006, 0, 3, 1);
    Overlays overlays = decode(image, 1);
    assertThat(overlays.planes()).extracting(Overlay::group).containsExactly(0x6002);
    assertThat(overlays.omitted())
        .containsExactly(
            "overlay 6000: Overlay Data of 2 bytes where 1250 are needed",
            "overlay 6004: Overlay Bit Position 3 without Overlay Data",
            "overlay 6006: Overlay Rows or Columns 0");
  }

  @Test
  void planes_in_the_cells_of_a_compressed_image_are_named() throws IOException {
    DataSet image = GeneratedImage.of("MONOCHROME2", 1, 2, new StoredBits(16, 12, 11, false));
    embedded(image, 0x6000, 1, 2, 15);
    GeneratedImage.putFragments(image, new byte[0], List.of(new byte[2]));
    assertThat(decode(Uid.JPEGLossless, image, 1).omitted())
        .containsExactly("overlay 6000: no Overlay Data, and compressed pixel cells");
  }

  private static void overlay(DataSet image, int group, int rows, int columns, int... octets) {
    image.putInteger(OverlayModule.tag(Tag.OverlayRows, group), rows);
    image.putInteger(OverlayModule.tag(Tag.OverlayColumns, group), columns);
    image.putString(OverlayModule.tag(Tag.OverlayType, group), "G");
    image.putInteger(OverlayModule.tag(Tag.OverlayOrigin, group), 1, 1);
    image.putInteger(OverlayModule.tag(Tag.OverlayBitsAllocated, group), 1);
    image.putInteger(OverlayModule.tag(Tag.OverlayBitPosition, group), 0);
    byte[] data = Arrays.copyOf(GeneratedImage.bytes(octets), (octets.length + 1) / 2 * 2);
    image.putBytes(OverlayModule.tag(Tag.OverlayData, group), Vr.OW, data);
  }

  private static void embedded(DataSet image, int group, int rows, int columns, int bit) {
    image.putInteger(OverlayModule.tag(Tag.OverlayRows, group), rows);
    image.putInteger(OverlayModule.tag(Tag.OverlayColumns, group), columns);
    image.putInteger(OverlayModule.tag(Tag.OverlayBitsAllocated, group), 16);
    image.putInteger(OverlayModule.tag(Tag.OverlayBitPosition, group), bit);
  }

  private Overlays decode(DataSet image, int frame) throws IOException {
    return decode(Uid.ExplicitVRLittleEndian, image, frame);
  }

  private Overlays decode(String syntax, DataSet image, int frame) throws IOException {
    DicomFile file = DicomFile.open(GeneratedImage.write(folder, syntax, image));
    return new OverlayDecoder(PixelLimits.STANDARD)
        .decode(file.transferSyntax(), file.dataSet(), frame);
  }

  private static List<String> marks(Overlay plane, int rows, int columns) {
    return IntStream.range(0, rows)
        .mapToObj(
            row -> {
              StringBuilder line = new StringBuilder();
              for (int column = 0; column < columns; column++) {
                line.append(plane.bitmap().marks(row, column) ? '#' : '.');
              }
              return line.toString();
            })
        .toList();
  }
}
