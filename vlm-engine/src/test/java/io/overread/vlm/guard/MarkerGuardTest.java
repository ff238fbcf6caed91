package io.overread.vlm.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.vlm.guard.MarkerGuard.Hanging;
import io.overread.vlm.guard.marker.Side;
import io.overread.vlm.guard.marker.SideMarker;
import io.overread.vlm.guard.marker.SideMarkers;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkerGuardTest {

  @ParameterizedTest
  @CsvSource({
    "LEFT, 0.9, LEFT_ON_THE_RIGHT, false", "LEFT, 0.1, LEFT_ON_THE_RIGHT, true",
    "RIGHT, 0.1, LEFT_ON_THE_RIGHT, false", "RIGHT, 0.9, LEFT_ON_THE_RIGHT, true",
    "LEFT, 0.1, LEFT_ON_THE_LEFT, false", "RIGHT, 0.1, LEFT_ON_THE_LEFT, true",
    "LEFT, 0.1, UNKNOWN, false", "RIGHT, 0.9, UNKNOWN, false"
  })
  void a_frontal_image_s_marker_must_stand_on_the_half_of_its_side(
      Side side, double x, Hanging hanging, boolean objected) {
    assertThat(MarkerGuard.objection(marked(side, x, false), null, hanging).isPresent())
        .isEqualTo(objected);
  }

  @Test
  void a_mirrored_letter_on_the_wrong_half_says_that_the_image_is_flipped() {
    assertThat(reason(marked(Side.LEFT, 0.1, true), null, Hanging.LEFT_ON_THE_RIGHT))
        .isEqualTo(
            "The side marker L on the image stands on the half where the patient's right is"
                + " expected, and it is mirrored: the image is flipped. Left and right can't be"
                + " trusted.");
    // Many markers lie face down on films that are not flipped.
    assertThat(MarkerGuard.objection(marked(Side.LEFT, 0.9, true), null, Hanging.LEFT_ON_THE_RIGHT))
        .isEmpty();
  }

  @Test
  void a_header_that_says_the_other_side_is_named() {
    assertThat(reason(marked(Side.RIGHT, 0.1, false), Side.LEFT, Hanging.UNKNOWN))
        .startsWith("The header says left and the side marker on the image says right.");
    assertThat(MarkerGuard.objection(marked(Side.LEFT, 0.1, false), Side.LEFT, Hanging.UNKNOWN))
        .isEmpty();
  }

  @Test
  void without_a_clear_marker_nothing_is_said() {
    for (SideMarkers none : List.of(new SideMarkers.None(), new SideMarkers.Unsure())) {
      assertThat(MarkerGuard.objection(none, Side.LEFT, Hanging.LEFT_ON_THE_RIGHT)).isEmpty();
      assertThat(MarkerGuard.only(none)).isEmpty();
    }
    SideMarkers both =
        new SideMarkers.Read(
            List.of(
                new SideMarker(Side.LEFT, false, 0.9, 0.1, 0.9),
                new SideMarker(Side.RIGHT, false, 0.1, 0.1, 0.9)));
    assertThat(MarkerGuard.objection(both, Side.LEFT, Hanging.LEFT_ON_THE_RIGHT)).isEmpty();
  }

  @Test
  void a_sentence_about_the_other_side_is_held_against_the_marker() {
    Optional<Objection> objection =
        LateralityGuard.ofMarker(Side.RIGHT).objection("Fracture of the left radius.");
    assertThat(objection.orElseThrow().reason())
        .isEqualTo(
            "It names a side that this image does not show: the side marker on it says right.");
  }

  private static String reason(SideMarkers markers, @Nullable Side stated, Hanging hanging) {
    return MarkerGuard.objection(markers, stated, hanging).orElseThrow().reason();
  }

  private static SideMarkers marked(Side side, double x, boolean mirrored) {
    return new SideMarkers.Read(List.of(new SideMarker(side, mirrored, x, 0.1, 0.9)));
  }
}
