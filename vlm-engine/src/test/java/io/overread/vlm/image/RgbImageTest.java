package io.overread.vlm.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class RgbImageTest {

  @Test
  void gray_is_repeated_and_not_brightened() {
    BufferedImage gray = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    gray.getRaster().setSample(0, 0, 0, 128);
    gray.getRaster().setSample(1, 0, 0, 7);
    assertThat(RgbImage.of(gray).samples()).containsExactly(-128, -128, -128, 7, 7, 7);
  }

  @Test
  void sixteen_bits_keep_their_high_ones() {
    BufferedImage gray = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
    gray.getRaster().setSample(0, 0, 0, 0x40ff);
    assertThat(RgbImage.of(gray).samples()).containsExactly(0x40, 0x40, 0x40);
  }

  @Test
  void colours_keep_their_order_and_lose_alpha() {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, new Color(10, 20, 30, 128).getRGB());
    assertThat(RgbImage.of(image).samples()).containsExactly(10, 20, 30);
  }

  @Test
  void a_binary_image_has_a_palette_and_becomes_black_and_white() {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
    image.setRGB(1, 0, 0xffffffff);
    assertThat(RgbImage.of(image).samples()).containsExactly(0, 0, 0, -1, -1, -1);
  }

  @Test
  void a_part_of_a_larger_image_is_read_where_it_lies() {
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(2, 3, 0, 99);
    assertThat(RgbImage.of(image.getSubimage(2, 3, 1, 1)).samples()).containsExactly(99, 99, 99);
  }

  @Test
  void a_buffer_of_another_size_is_refused() {
    assertThatThrownBy(() -> new RgbImage(2, 2, new byte[11]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
