package io.overread.service.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.overread.gateway.triage.Plane;
import io.overread.gateway.triage.Plane.Direction;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SliceOrderTest {

  private static final Direction UP = new Direction(0, 0, 1);
  private static final Direction DOWN = new Direction(0, 0, -1);
  private static final Direction LEFT = new Direction(1, 0, 0);

  @Test
  void slices_are_in_the_order_of_their_positions_and_not_of_their_numbers() {
    SliceOrder order =
        SliceOrder.of(
            List.of(
                slice(1, new Plane(UP, 30)),
                slice(2, new Plane(UP, 10)),
                slice(3, new Plane(UP, 20))));

    assertThat(numbers(order)).containsExactly(2, 3, 1);
    assertThat(order.byPosition()).isTrue();
  }

  @Test
  void a_slice_whose_normal_points_the_other_way_lies_where_it_lies() {
    SliceOrder order =
        SliceOrder.of(
            List.of(
                slice(1, new Plane(UP, 30)),
                slice(2, new Plane(DOWN, -10)),
                slice(3, new Plane(UP, 20))));

    assertThat(numbers(order)).containsExactly(2, 3, 1);
  }

  @Test
  void the_few_that_lie_in_another_direction_are_not_among_the_many() {
    SliceOrder order =
        SliceOrder.of(
            List.of(
                slice(1, new Plane(LEFT, 0)),
                slice(2, new Plane(UP, 2)),
                slice(3, new Plane(UP, 1))));

    assertThat(numbers(order)).containsExactly(3, 2);
    assertThat(order.otherwise()).isEqualTo(1);
  }

  @Test
  void without_positions_the_numbers_are_all_there_is() {
    SliceOrder order =
        SliceOrder.of(List.of(slice(2, null), slice(1, new Plane(UP, 5)), slice(3, null)));

    assertThat(numbers(order)).containsExactly(1, 2, 3);
    assertThat(order.byPosition()).isFalse();
  }

  @Test
  void one_image_is_the_middle_and_several_are_at_even_distances() {
    SliceOrder order =
        SliceOrder.of(
            java.util.stream.IntStream.range(0, 12)
                .mapToObj(at -> slice(at, new Plane(UP, at)))
                .toList());

    assertThat(order.evenly(1)).containsExactly(6);
    assertThat(order.evenly(3)).containsExactly(2, 6, 10);
    assertThat(order.evenly(40)).hasSize(12).doesNotHaveDuplicates();
    assertThat(SliceOrder.of(List.of()).evenly(1)).isEmpty();
  }

  private static List<Integer> numbers(SliceOrder order) {
    return order.slices().stream().map(slice -> slice.instance().image().instanceNumber()).toList();
  }

  private static Slice slice(int number, @Nullable Plane plane) {
    return new Slice(Stored.image(number), 1, plane);
  }
}
