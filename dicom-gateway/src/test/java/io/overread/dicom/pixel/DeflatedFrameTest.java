package io.overread.dicom.pixel;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.TransferSyntax;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Frames deflated one by one")
class DeflatedFrameTest {
  private final FrameDecoder decoder = new FrameDecoder(CodedSamples.LIMITS);

  @Test
  void are_inflated_whatever_their_cells() throws IOException {
    DataSet words = GeneratedImage.of("MONOCHROME2", 1, 3, new StoredBits(16, 12, 11, true));
    assertThat(values(decode(words, 1, deflated(1, 0, -1, 15, 0, 8))))
        .containsExactly(1, -1, -2048);
    DataSet bits = GeneratedImage.of("MONOCHROME2", 3, 3, new StoredBits(1, 1, 0, false));
    assertThat(values(decode(bits, 1, deflated(0b10101010, 1))))
        .containsExactly(0, 1, 0, 1, 0, 1, 0, 1, 1);
    DataSet colour = GeneratedImage.of("RGB", 1, 2, new StoredBits(8, 8, 7, false));
    colour.putInteger(Tag.PlanarConfiguration, 1);
    assertThat(values(decode(colour, 1, deflated(1, 2, 3, 4, 5, 6))))
        .containsExactly(1, 3, 5, 2, 4, 6);
    DataSet pairs = GeneratedImage.of("YBR_FULL_422", 1, 2, new StoredBits(8, 8, 7, false));
    assertThat(values(decode(pairs, 1, deflated(10, 20, 30, 40))))
        .containsExactly(10, 30, 40, 20, 30, 40);
  }

  @Test
  void are_one_fragment_each_padded_to_an_even_length() throws IOException {
    DataSet image = GeneratedImage.of("MONOCHROME2", 1, 2, new StoredBits(8, 8, 7, false));
    image.putString(Tag.NumberOfFrames, "2");
    byte[] first = deflated(1, 2);
    byte[] second = deflated(3, 4);
    byte[] padded = Arrays.copyOf(second, second.length + second.length % 2);
    assertThat(values(decode(image, 2, first, padded))).containsExactly(3, 4);
  }

  @Test
  void that_are_damaged_or_short_are_refused() throws IOException {
    DataSet image = GeneratedImage.of("MONOCHROME2", 1, 5, new StoredBits(8, 8, 7, false));
    assertThat(decode(image, 1, deflated(1, 2)))
        .isEqualTo(
            new Undecodable(Undecodable.Cause.MALFORMED, "deflated frame of 2 bytes instead of 5"));
    assertThat(decode(image, 1, new byte[] {-1, -1, -1, -1}))
        .isEqualTo(new Undecodable(Undecodable.Cause.MALFORMED, "deflated frame is damaged"));
  }

  @Test
  void that_are_longer_than_the_image_are_not_inflated_further() throws IOException {
    DataSet image = GeneratedImage.of("MONOCHROME2", 1, 2, new StoredBits(8, 8, 7, false));
    byte[] bomb = deflated(new int[1 << 20]);
    assertThat(values(decode(image, 1, bomb))).containsExactly(0, 0);
  }

  private FrameDecoding decode(DataSet image, int frame, byte[]... fragments) throws IOException {
    GeneratedImage.putFragments(image, new byte[0], List.of(fragments));
    return decoder.decode(TransferSyntax.of(Uid.DeflatedImageFrameCompression), image, frame);
  }

  private static byte[] deflated(int... octets) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Deflater raw = new Deflater(Deflater.BEST_COMPRESSION, true);
    try (DeflaterOutputStream deflating = new DeflaterOutputStream(bytes, raw)) {
      for (int octet : octets) {
        deflating.write(octet);
      }
    } finally {
      raw.end();
    }
    return bytes.toByteArray();
  }

  private static int[] values(FrameDecoding decoding) {
    FrameRaster stored = ((DecodedFrame) decoding).stored();
    int[] values = new int[stored.size()];
    Arrays.setAll(values, index -> (int) stored.value(index));
    return values;
  }
}
